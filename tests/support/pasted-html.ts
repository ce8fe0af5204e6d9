/** HTML as programs put it on the clipboard, shortened: enough of each to hold what is peculiar to it. */

export const fromWord = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/ada/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;} @list l0:level1 {mso-level-number-format:bullet;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'>
<!--StartFragment-->
<h1><span lang=EN-US style='mso-ansi-language:EN-US'>Winter&nbsp;timetable<o:p></o:p></span></h1>
<p class=MsoNormal><span style='font-size:11.0pt'>The ferry is <b style='mso-bidi-font-weight:normal'>late</b> and <i>loud</i>,
see <a href="https://example.org/ferry"><span style='color:#0563C1'>the page</span></a>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>first<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>deeper<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>second<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>one<o:p></o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'><td width=300 style='border:solid windowtext 1.0pt'><p class=MsoNormal><b>Harbour<o:p></o:p></b></p></td><td><p class=MsoNormal><b>Price<o:p></o:p></b></p></td></tr>
<tr><td><p class=MsoNormal>North<o:p></o:p></p></td><td><p class=MsoNormal>12&nbsp;€<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><img width=200 height=100 src="file:///C:/Users/ada/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png" alt="A chart of prices"></p>
<!--EndFragment--></body></html>`

export const wordAsMarkdown = `# Winter timetable

The ferry is **late** and *loud*, see [the page](https://example.org/ferry).

- first
  - deeper
- second

1. one

| **Harbour** | **Price** |
| --- | --- |
| North | 12 € |

A chart of prices`

export const fromGoogleDocs = `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7f0e6a1c-7fff-1c1e"><h2 dir="ltr" style="line-height:1.38;margin-top:18pt;"><span style="font-size:16pt;font-family:Arial,sans-serif;color:#000000;font-weight:400;white-space:pre-wrap;">Crew</span></h2><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:700;white-space:pre-wrap;">Ada</span><span style="font-size:11pt;font-weight:400;white-space:pre-wrap;"> steers, </span><span style="font-style:italic;white-space:pre-wrap;">Ben</span><span style="text-decoration:line-through;white-space:pre-wrap;"> rows</span><span style="white-space:pre-wrap;"> </span><a href="https://www.google.com/url?q=https://example.org/sail&amp;sa=D&amp;usg=AOvVaw0" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;white-space:pre-wrap;">sails</span></a></p><br /><ul style="margin-top:0;padding-inline-start:48px;"><li dir="ltr" aria-level="1" style="list-style-type:disc;"><p dir="ltr" role="presentation"><span style="white-space:pre-wrap;">rope</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>long</span></p></li></ul></ul><ul><li role="checkbox" aria-checked="true"><img src="data:image/png;base64,iVBORw0KGgo=" width="17px" height="18px" alt="checked" aria-roledescription="checkbox" style="display:none"><p role="presentation"><span>packed</span></p></li></ul><div dir="ltr" align="left"><table style="border:none;border-collapse:collapse;"><colgroup><col width="312" /><col width="312" /></colgroup><tbody><tr><td style="border:solid #000 1pt"><p dir="ltr"><span>a</span></p></td><td><p dir="ltr"><span>b</span></p><p><span>c</span></p></td></tr><tr><td rowspan="2"><p><span>d</span></p></td><td><span>e</span></td></tr><tr><td><span>f</span></td></tr></tbody></table></div></b>`

export const googleDocsAsMarkdown = `## Crew

**Ada** steers, *Ben* ~~rows~~ [sails](https://example.org/sail)

- rope
  - long

* [x] packed

| | |
| --- | --- |
| a | b<br>c |
| d | e |
| | f |`

export const fromWebPage = `<html><body><!--StartFragment--><article style="font-family: serif; background: url(https://tracker.example.net/bg.png)"><script>document.title = 'taken over'</script>
<h3 onclick="alert(1)">News   from
  the harbour</h3><div class="byline">By <span itemprop="author">Cleo</span></div>
<p>Read <a href="javascript:alert(1)">this</a>, <a href="/relative">that</a> and <a href="https://example.org/a?b=1&amp;c=2">the rest</a>.<img src="https://tracker.example.net/pixel.gif" width="1" height="1" alt=""></p>
<figure><img src="https://example.org/photos/pier%20one.jpg" srcset="https://example.org/photos/pier@2x.jpg 2x" alt="The pier" onerror="alert(1)"><figcaption>At dawn</figcaption></figure>
<svg onload="alert(1)"><text>vector</text></svg><iframe src="https://example.net/"></iframe><form><input value="field"><button>Send</button></form>
<blockquote><p>Quiet,</p><p>they said.</p></blockquote><pre class="highlight"><code class="language-python">def sail():
    return 1
</code></pre><ol start="3"><li>three</li><li>four</li></ol><details><summary>More</summary><p hidden>secret</p><p style="display: none">hidden</p>Text</details>
<table><tr><td><table><tr><td>laid out</td></tr></table></td></tr></table></article><!--EndFragment--></body></html>`

export const webPageAsMarkdown = `### News from the harbour

By Cleo

Read this, that and [the rest](https://example.org/a?b=1&c=2).

[The pier](https://example.org/photos/pier%20one.jpg)

At dawn

> Quiet,\\
> they said.

\`\`\`python
def sail():
    return 1
\`\`\`

3. three
4. four

More

Text

laid out`

export const fromSheet = `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr" border="1" data-sheets-root="1"><colgroup><col width="100"/><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="font-weight:bold;" data-sheets-value='{"1":2}'>Week</td><td style="font-weight:bold;">Sold</td></tr><tr><td>1</td><td style="text-align:right;">20</td></tr><tr><td>2</td><td>a | b</td></tr></tbody></table>`
