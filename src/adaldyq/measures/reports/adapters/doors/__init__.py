"""Other doors of reports: what gateways, messengers and mail servers bring, read and checked."""
