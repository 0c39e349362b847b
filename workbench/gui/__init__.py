"""The window. The only room, beside `app`, that knows Qt. All of it runs on the GUI thread."""
