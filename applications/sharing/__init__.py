"""What others show of our positions: search engines, feed readers, social networks."""
