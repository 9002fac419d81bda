"""The ledger in public: its files for programs, its pages for people."""
