/** HTML that tries to get out of a mail, written by ourselves: one attempt a row. In each, `JS` stands for a script that needs no
 *  quotes and tells on itself, `URL` for an address that nobody may ask, `B64SVG` for an SVG with a script in base64. */
export const hostileHtml: Readonly<Record<string, string>> = {
	// Scripts
	'script element': '<script>JS</script>',
	'script from elsewhere': '<script src="URL.js"></script><script async src=//URL.js></script>',
	'script in odd letters': '<ScRiPt >JS</sCrIpT\t\n bar>',
	'script with NUL bytes': '<scr\0ipt>JS</scr\0ipt><img src=x on\0error=JS>',
	'script half closed': '<<script>JS//<</script><script>JS',
	'script as a module': '<script type=module>JS</script><script type="text/vbscript">JS</script>',
	'script in a template':
		'<template><script>JS</script></template><div><template shadowrootmode=open><script>JS</script><img src=x onerror=JS></template></div>',
	'script after the end': '</body></html><script>JS</script>',

	// Handlers
	'picture that fails': '<img src=x onerror=JS><img src="" onerror="JS">',
	'picture with slashes for spaces':
		'<img/src="x"/onerror=JS><img\fsrc=x\fonerror=JS><svg/onload=JS>',
	'picture with broken quotes':
		'<img """><script>JS</script>"><img src="x` `<script>JS</script>"` `>',
	'handlers of the body':
		'<body onload=JS onpageshow=JS onfocus=JS onhashchange=JS background="URL.png">',
	'handlers that need nobody':
		'<details open ontoggle=JS>x</details><marquee onstart=JS>x</marquee><style onload=JS></style><video autoplay onloadstart=JS src=x></video>',
	'handlers of animation':
		'<style>@keyframes k{from{left:0}}</style><div style="animation-name:k" onanimationstart=JS onanimationend=JS>x</div>',
	'fields that take the focus':
		'<input autofocus onfocus=JS><textarea autofocus onfocus=JS></textarea><select autofocus onfocus=JS></select><keygen autofocus onfocus=JS><a tabindex=0 autofocus onfocus=JS href=#>x</a>',
	'handlers of the pointer':
		'<div style="position:fixed;inset:0" onmouseover=JS onpointermove=JS onclick=JS onwheel=JS>x</div>',
	'unknown element with a handler':
		'<x-a style="content-visibility:auto" oncontentvisibilityautostatechange=JS>x</x-a><blink onfinish=JS>x</blink>',

	// SVG and MathML
	'SVG that loads': '<svg onload=JS><svg><script>JS</script></svg><svg><g onload=JS></g></svg>',
	'SVG animation of a link':
		'<svg><a><animate attributeName=href values=javascript:JS /><text y=20>x</text></a></svg>',
	'SVG set': '<svg><set attributeName=onmouseover to=JS /><set onbegin=JS /></svg>',
	'SVG use of a data address':
		'<svg><use href="data:image/svg+xml;base64,B64SVG#x"/><use xlink:href="URL.svg#x"/></svg>',
	'SVG foreign object':
		'<svg><foreignObject><iframe srcdoc="<script>JS</script>"></iframe><img src=x onerror=JS></foreignObject></svg>',
	'SVG picture from elsewhere':
		'<svg><image href="URL.png"/><feImage href="URL.png"/><filter id=f></filter></svg>',
	'SVG with CDATA':
		'<svg><![CDATA[><img src=x onerror=JS>]]></svg><svg><style><img src="</style><img src=x onerror=JS>"></style></svg>',
	'MathML link':
		'<math href="javascript:JS">x</math><math><maction actiontype="statusline" xlink:href="javascript:JS">x</maction></math>',

	// What one parser reads otherwise than another
	'mutation by MathML':
		'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=JS&gt;">',
	'mutation by a form':
		'<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=JS>',
	'mutation by noscript': '<noscript><p title="</noscript><img src=x onerror=JS>">',
	'mutation by a title':
		'<svg></p><style><a id="</style><img src=x onerror=JS>"><title>&lt;/title&gt;&lt;img src=x onerror=JS&gt;</title>',
	'mutation by a text field':
		'<textarea><img title="</textarea><img src=x onerror=JS>"></textarea><xmp><p title="</xmp><img src=x onerror=JS>"></xmp>',
	'mutation by a select':
		'<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=JS>">',
	'mutation by comments':
		'<!--><img src=x onerror=JS>--><!--!> --!><img src=x onerror=JS><!---><img src=x onerror=JS>-->',
	'comments for old browsers':
		'<!--[if gte IE 4]><script>JS</script><![endif]--><![if !vml]><img src=x onerror=JS><![endif]>',
	instructions:
		'<?xml-stylesheet href="URL.css"?><?php echo 1 ?><?><img src=x onerror=JS>?><!doctype [<!ENTITY x SYSTEM "URL">]>&x;',
	'entities decoded once too often':
		'&lt;img src=x onerror=JS&gt;&amp;lt;script&amp;gt;JS&amp;lt;/script&amp;gt;',
	'quotes that end the frame':
		'"></iframe><script>JS</script><iframe srcdoc="\' onload=JS x=\'&quot; onload=JS x=&quot;',
	'two thousand boxes deep': `${'<div>'.repeat(2_000)}<img src=x onerror=JS>${'<b>'.repeat(200)}<script>JS</script>`,

	// Styles
	'style from elsewhere':
		'<style>@import "URL.css"; @import url(URL.css); body{background:url(URL.png)} @font-face{font-family:f;src:url(URL.woff)} *{font-family:f;cursor:url(URL.cur),auto}</style><p>x</p>',
	'style attribute that fetches':
		'<p style="background:url(URL.png);list-style-image:url(URL.png);border-image:url(URL.png);content:url(URL.png);cursor:url(URL.cur),auto">x</p>',
	'style in escapes':
		'<p style="background:\\75\\72\\6c(URL.png);b\\61ckground-image:u/**/rl(URL.png);background:image-set(&quot;URL.png&quot; 1x);background:-webkit-image-set(url(URL.png) 1x)">x</p>',
	'style that runs':
		'<p style="width:expression(JS);-moz-binding:url(URL.xml#x);behavior:url(URL.htc);background:url(javascript:JS)">x</p>',
	'style that breaks out':
		'<p style="color:red;}</style><script>JS</script>">x</p><style></style><script>JS</script></style>',
	'style that covers the page':
		'<div style="position:fixed;top:-9999px;left:-9999px;width:99999px;height:99999px;z-index:2147483647;background:red">x</div>',
	'style sheet link':
		'<link rel=stylesheet href="URL.css"><link rel=preload as=image href="URL.png"><link rel=prefetch href="URL"><link rel="dns-prefetch preconnect" href="URL"><link rel=icon href="URL.ico"><link rel=import href="URL">',

	// Things that fetch or go somewhere
	'meta refresh':
		'<meta http-equiv=refresh content="0;url=URL"><meta http-equiv="refresh" content="0; url=data:text/html,<script>JS</script>">',
	'meta policy and cookie':
		'<meta http-equiv=Content-Security-Policy content="script-src *"><meta http-equiv=Set-Cookie content="a=b"><meta name=referrer content=unsafe-url>',
	'base of all links': '<base href="URL/"><base target=_top><a href="x">x</a><img src="x.png">',
	'links that run':
		'<a href="javascript:JS">a</a><a href=" &#1; jav&#x09;ascript:JS">b</a><a href="JaVa\nScRiPt:JS">c</a><a href="vbscript:JS">d</a><a href="javascript&colon;JS">e</a><a href="\x01javascript:JS">f</a>',
	'links to made-up pages':
		'<a href="data:text/html,<script>JS</script>" target=_top>a</a><a href="blob:null/1" target=_parent>b</a><a href="view-source:URL">c</a><a href="filesystem:URL">d</a>',
	'links that tell':
		'<a href="https://example.org" ping="URL" attributionsrc="URL">a</a><img attributionsrc="URL" src=x><a href="https://example.org" target=_self>b</a>',
	'area and map':
		'<img usemap=#m src=x><map name=m><area shape=default href="javascript:JS" target=_top></map>',
	frames:
		'<iframe src="URL"></iframe><iframe srcdoc="<script>JS</script>"></iframe><iframe src="javascript:JS"></iframe><frameset onload=JS><frame src="URL"></frameset><fencedframe src="URL"></fencedframe>',
	objects:
		'<object data="URL" type="text/html"></object><object data="data:text/html;base64,PHNjcmlwdD4xPC9zY3JpcHQ+"></object><embed src="URL.svg"><embed src="javascript:JS"><applet code=x archive="URL"></applet><param name=src value="URL"><portal src="URL"></portal>',
	'film and sound':
		'<video poster="URL.png" src="URL.mp4"><source src="URL.mp4" onerror=JS><track src="URL.vtt" default></video><audio src="URL.mp3" autoplay onerror=JS></audio><bgsound src="URL.mid">',
	'pictures in other ways':
		'<img srcset="URL.png 1x"><picture><source srcset="URL.png"><img src="URL.png"></picture><input type=image src="URL.png"><table background="URL.png"><td background="URL.png">x</table><img lowsrc="URL.png" dynsrc="URL.png" longdesc="URL">',
	'pictures that are addresses':
		'<img src="data:text/html,<script>JS</script>"><img src="data:image/svg+xml;base64,B64SVG"><img src="javascript:JS"><img src="//URL.png"><img src="file:///etc/passwd"><img src="cid:nothing">',
	forms:
		'<form action="URL" method=post id=f><input name=a value=b><button>x</button></form><button form=f formaction="javascript:JS" autofocus>x</button><isindex action="javascript:JS" type=image src="URL.png"><input type=submit formaction="URL">',
	'names that stand in the way':
		'<form id=returnChannel><input name=restUrl value="URL"></form><img name=canary id=canary><a id=wp name=apiFetch href="URL">x</a><input name=attributes><input name=nodeName>',
	'popovers and commands':
		'<button popovertarget=p>x</button><div popover id=p onbeforetoggle=JS>x</div><button command=show-modal commandfor=d>x</button><dialog open id=d oncancel=JS>x</dialog>',
	'import map and speculation':
		'<script type=importmap>{"imports":{"a":"URL.js"}}</script><script type=speculationrules>{"prefetch":[{"urls":["URL"]}]}</script>',
	'old web':
		'<layer src="URL"></layer><ilayer src="URL"></ilayer><img src="livescript:JS"><xml src="URL" id=x></xml><xss style="behavior:url(URL.htc)"><html manifest="URL">',
};
