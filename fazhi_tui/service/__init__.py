"""The use cases.  The fronts (cli, tui, web) call these modules; reading loads neither git nor textual."""
