"""Pictures that people send, made anew before they are kept."""
