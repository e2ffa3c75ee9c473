"""The settings: an adapter that reads them from the environment and from `config.toml`."""
