"""Reading and sending, beside the applications: in threads of the same process, or in processes of their own."""
