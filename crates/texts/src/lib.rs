//! What is said: both languages' texts, and how money, dates and months are written.
