"""The library: articles and facts as files, markup for Telegram, search, and the checks that keep them true."""
