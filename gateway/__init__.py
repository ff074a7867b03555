"""The gateway: what came in, what it means, who decided, and the rules between them."""
