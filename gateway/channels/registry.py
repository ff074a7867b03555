"""Which channels this office has: one table, read at the start."""

from collections.abc import Mapping, Sequence

from gateway.channels import development, simulator, twilio
from gateway.channels.contract import Probe, ProviderLog, Sender
from gateway.settings import Settings


def twilio_account(settings: Settings) -> twilio.Account | None:
    """The account whose webhooks are taken in: the real one, or in development and training the invented one."""
    return twilio.account(settings, made_up=development.read(settings))


def senders(settings: Settings) -> Mapping[str, Sender]:
    """Who carries the replies of each channel; without a real account, Twilio's go to the simulated phone."""
    phone = simulator.SimulatorSender()
    table: dict[str, Sender] = {}
    if settings.is_simulator_open:
        table[simulator.CHANNEL] = phone
    if settings.twilio_auth_tokens:
        table[twilio.CHANNEL] = _twilio(settings)
    elif settings.is_simulator_open:
        table[twilio.CHANNEL] = phone
    return table


def logs(settings: Settings) -> tuple[ProviderLog, ...]:
    """The logs of those providers that keep one: with a real account alone."""
    if not settings.twilio_auth_tokens:
        return ()
    from gateway.channels.twilio_log import TwilioLog

    return (
        TwilioLog(
            sid=settings.twilio_account_sid,
            token=settings.twilio_auth_tokens[0],
            api_base=settings.twilio_api_base,
            our_numbers=settings.twilio_from,
        ),
    )


def rates(settings: Settings) -> Mapping[str, float]:
    """Texts a second for each channel that carries them over a network; a phone in the browser has no such limit."""
    if not settings.texts_per_second or not settings.twilio_auth_tokens:
        return {}
    return {twilio.CHANNEL: float(settings.texts_per_second)}


def probes(settings: Settings) -> Sequence[Probe]:
    """Who can send a text of our own to each of our numbers."""
    account = twilio_account(settings)
    if account is None or not settings.twilio_from:
        return ()
    from gateway.channels.twilio_probe import TwilioProbe

    return [
        TwilioProbe(sid=account.sid, token=account.tokens[0], our_number=number, public_url=settings.public_url)
        for number in settings.twilio_from
    ]


def _twilio(settings: Settings) -> Sender:
    from gateway.channels.twilio_rest import TwilioSender  # a quarter of a second that only a sender has to wait

    return TwilioSender(
        sid=settings.twilio_account_sid,
        token=settings.twilio_auth_tokens[0],
        api_base=settings.twilio_api_base,
        public_url=settings.public_url,
    )
