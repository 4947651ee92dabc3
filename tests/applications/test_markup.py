from applications.markup import as_html


def test_headings_points_and_paragraphs():
    text = "# You\r\n\r\nYou write\r\nand test.\n\nYou ship.\n- Python\n-  SQL\n# We\nWe pay."
    assert as_html(text) == (
        "<h2>You</h2><p>You write and test.</p><p>You ship.</p>"
        "<ul><li>Python</li><li>SQL</li></ul><h2>We</h2><p>We pay.</p>"
    )


def test_everything_else_is_text():
    assert as_html("<script>{}</script> **bold** #tag -1") == (
        "<p>&lt;script&gt;{}&lt;/script&gt; **bold** #tag -1</p>"
    )
    assert as_html("# <img src=x>\n- {a} & b") == (
        "<h2>&lt;img src=x&gt;</h2><ul><li>{a} &amp; b</li></ul>"
    )


def test_no_text_is_no_html():
    assert as_html("") == ""
    assert as_html("\n \n") == ""
