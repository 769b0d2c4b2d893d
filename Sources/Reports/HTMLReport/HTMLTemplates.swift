/// Templates of the case report: the page, a finding, the style.
enum HTMLTemplates {
    static let page = """
        <!DOCTYPE html>
        <html lang="{{t.lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{id}}: {{t.title}}</title>
        <style>{{{style}}}</style>
        </head>
        <body>
        <header>
        <p class="kind">{{t.title}}</p>
        <h1>{{id}} <span>{{tumorName}} ({{tumorCode}})</span></h1>
        <p class="headline">{{headline}}</p>
        <p class="note">{{t.research}}</p>
        </header>
        <main>
        {{#hasWarnings}}
        <section class="warnings" aria-labelledby="w"><h2 id="w">{{t.warnings}}</h2>
        <ul>{{#alerts}}<li class="alert"><b>{{code}}</b> {{message}}</li>{{/alerts}}{{#notes}}<li><b>{{code}}</b> {{message}}</li>{{/notes}}</ul></section>
        {{/hasWarnings}}
        <section><dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl></section>
        {{#hasTherapies}}<section aria-labelledby="d"><h2 id="d">{{t.drugs}}</h2>
        <table><thead><tr><th>{{t.therapy}}</th><th>{{t.access}}</th><th>{{t.for}}</th><th>{{t.against}}</th></tr></thead>
        <tbody>{{#therapies}}<tr class="{{#isGone}}gone{{/isGone}}"><td><b>{{therapy}}</b></td><td>{{access}}</td><td>{{#for}}{{.}}<br>{{/for}}</td><td class="flag">{{#against}}{{.}}<br>{{/against}}</td></tr>{{/therapies}}</tbody></table></section>{{/hasTherapies}}
        <section aria-labelledby="t"><h2 id="t">{{t.targetable}}</h2>
        {{^targetable}}<p>{{t.noTargetable}}</p>{{/targetable}}
        {{#targetable}}{{{html}}}{{/targetable}}</section>
        <section aria-labelledby="o"><h2 id="o">{{t.other}}</h2>
        {{^other}}<p>{{t.noOther}}</p>{{/other}}
        {{#other}}{{{html}}}{{/other}}
        {{#hasPlain}}<table><caption>{{t.other}}</caption><thead><tr><th>{{t.gene}}</th><th>{{t.alteration}}</th><th>{{t.consequence}}</th><th class="n">{{t.vaf}}</th><th class="n">{{t.depth}}</th><th>{{t.tier}}</th><th>{{t.driver}}</th></tr></thead>
        <tbody>{{#plain}}<tr><td><i>{{gene}}</i></td><td>{{alteration}}<br><small>{{locus}}</small></td><td>{{consequence}}</td><td class="n">{{vaf}}</td><td class="n">{{depth}}</td><td>{{tier}}</td><td>{{driver}}</td></tr>{{/plain}}</tbody></table>{{/hasPlain}}
        </section>
        <section aria-labelledby="g"><h2 id="g">{{t.germline}}</h2>
        {{^germline}}<p>{{t.noOther}}</p>{{/germline}}
        {{#germline}}{{{html}}}{{/germline}}</section>
        {{#hasPharmacogenes}}<section aria-labelledby="p"><h2 id="p">{{t.pharmacogenes}}</h2>
        <table><thead><tr><th>{{t.gene}}</th><th>{{t.diplotype}}</th><th class="n">{{t.score}}</th><th>{{t.phenotype}}</th><th>{{t.drugs2}}</th><th>{{t.citations}}</th></tr></thead>
        <tbody>{{#pharmacogenes}}<tr class="{{#isNotable}}adverse{{/isNotable}}"><td><i>{{gene}}</i></td><td>{{diplotype}}{{#sites}}<br><small>{{.}}</small>{{/sites}}</td><td class="n">{{score}}</td><td><b>{{phenotype}}</b>{{#notes}}<br><small>{{.}}</small>{{/notes}}</td><td>{{#drugs}}{{.}}<br>{{/drugs}}</td><td><small>{{#citations}}{{#url}}<a href="{{url}}">{{text}}</a>{{/url}}{{^url}}{{text}}{{/url}}<br>{{/citations}}</small></td></tr>{{/pharmacogenes}}</tbody></table>
        <p class="note">{{t.dose}}</p></section>{{/hasPharmacogenes}}
        <section aria-labelledby="b"><h2 id="b">{{t.biomarkers}}</h2>
        <table><thead><tr><th>{{t.measure}}</th><th class="n">{{t.value}}</th><th class="n">{{t.interval}}</th><th>{{t.classification}}</th><th>{{t.counted}}</th><th>{{t.status}}</th><th>{{t.filter}}</th></tr></thead>
        <tbody>{{#burdens}}<tr><td>{{id}}</td><td class="n">{{value}}</td><td class="n">{{interval}}</td><td>{{classification}}</td><td>{{counted}}</td><td>{{status}}</td><td><small>{{filter}}{{#dropped}}<br>{{.}}{{/dropped}}</small></td></tr>{{/burdens}}
        {{#measures}}<tr><td>{{name}}</td><td colspan="6">{{text}}</td></tr>{{/measures}}</tbody></table>
        {{#pictures}}<figure>{{{svg}}}{{#fault}}<p class="flag">{{fault}}</p>{{/fault}}</figure>{{/pictures}}</section>
        <section aria-labelledby="n"><h2 id="n">{{t.nearMisses}}</h2>
        {{^misses}}<p>{{t.noOther}}</p>{{/misses}}
        {{#hasMisses}}<table><thead><tr><th>{{t.gene}}</th><th>{{t.row}}</th><th>{{t.needed}}</th><th>{{t.seen}}</th></tr></thead>
        <tbody>{{#misses}}<tr><td><i>{{gene}}</i></td><td>{{evidence}}</td><td>{{needed}}</td><td>{{seen}}</td></tr>{{/misses}}</tbody></table>{{/hasMisses}}</section>
        <section aria-labelledby="c"><h2 id="c">{{t.counts}}</h2>
        <table><thead><tr><th>{{t.input}}</th><th class="n">{{t.records}}</th><th class="n">{{t.alleles}}</th><th class="n">{{t.pass}}</th><th>{{t.reasons}}</th></tr></thead>
        <tbody>{{#counts}}<tr><td>{{name}}</td><td class="n">{{records}}</td><td class="n">{{variants}}</td><td class="n">{{pass}}</td><td>{{dropped}}</td></tr>{{/counts}}</tbody></table></section>
        </main>
        <footer><h2>{{t.provenance}}</h2><p>{{program}}; htslib {{htslib}}<br><code>{{command}}</code></p>
        <table><thead><tr><th>{{t.source}}</th><th>{{t.version}}</th><th>SHA-256</th></tr></thead><tbody>{{#sources}}<tr><td>{{name}}</td><td>{{version}}</td><td><code>{{sha256}}</code></td></tr>{{/sources}}</tbody></table>
        <p>{{t.research}}</p></footer>
        </body>
        </html>

        """

    static let card = """
        <article class="card{{#isTargetable}} hit{{/isTargetable}}">
        <h3><i>{{gene}}</i> {{alteration}} <span class="tier t{{tier}}">{{t.tier}} {{tier}}</span>{{#driver}} <span class="tag">{{t.driver}}</span>{{/driver}}{{#class}} <span class="tag">{{t.class}} {{class}}</span>{{/class}}</h3>
        <p class="sub">{{#details}}<span>{{.}}</span>{{/details}}</p>
        <table><thead><tr><th>{{t.therapy}}</th><th>{{t.effect}}</th><th>{{t.levels}}</th><th>{{t.label}}</th><th>{{t.access}}</th><th>{{t.why}}</th><th>{{t.citations}}</th></tr></thead>
        <tbody>{{#evidence}}<tr class="{{direction}}{{#isContradicted}} gone{{/isContradicted}}"><td><b>{{therapies}}</b>{{#note}}<br><small>{{note}}</small>{{/note}}</td><td>{{effect}}{{#isContradicted}}<br><b class="flag">{{t.contradicted}}</b>{{/isContradicted}}{{#isProbable}}<br><b class="flag">{{t.probable}}</b>{{/isProbable}}</td><td>{{levels}}</td><td>{{label}}<br><small>{{path}}</small></td><td>{{access}}<br><small>{{approvals}}</small></td><td><small>{{id}}: {{criterion}} ({{granularity}}/10){{#isUnverified}} <b class="flag">{{t.unverified}}</b>{{/isUnverified}}</small></td><td><small>{{#citations}}{{#url}}<a href="{{url}}">{{text}}</a>{{/url}}{{^url}}{{text}}{{/url}}<br>{{/citations}}</small></td></tr>{{/evidence}}</tbody></table>
        </article>
        """

    static let style = """
        :root{color-scheme:light dark;--ink:#1b2430;--dim:#566273;--line:#d5dbe3;--paper:#fff;--soft:#f4f6f9;--hit:#0b6b57;--bad:#a3262a;--warn:#8a5a00;--warnbg:#fff6e0;--blue:#1d4f91}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--dim:#9aa7b8;--line:#344051;--paper:#151b23;--soft:#1d2530;--hit:#5fd3b5;--bad:#ff8f8f;--warn:#ffce73;--warnbg:#33290f;--blue:#8fbcff}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:1180px;padding:20px 28px 40px;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        header{border-bottom:2px solid var(--ink);padding-bottom:10px}h1{font-size:26px;margin:0}h1 span{font-weight:400;color:var(--dim)}.kind{margin:0;color:var(--dim);letter-spacing:.06em;text-transform:uppercase;font-size:12px}
        .headline{font-size:17px;margin:8px 0 2px}.note{margin:0;color:var(--dim)}h2{font-size:16px;margin:26px 0 8px}h3{font-size:16px;margin:0}
        table{border-collapse:collapse;width:100%;margin:6px 0}caption{text-align:left;color:var(--dim);font-size:12px}th,td{text-align:left;vertical-align:top;padding:5px 8px;border-top:1px solid var(--line)}thead th{border-top:0;color:var(--dim);font-weight:600;font-size:12px}
        .n{text-align:right;font-variant-numeric:tabular-nums}small{color:var(--dim);font-size:12px}a{color:var(--blue)}code{font-size:12px;overflow-wrap:anywhere}
        .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(215px,1fr));gap:6px 18px;margin:14px 0 0}.facts div{background:var(--soft);padding:6px 10px;border-radius:4px}dt{color:var(--dim);font-size:12px}dd{margin:0}
        .warnings{background:var(--warnbg);border-left:4px solid var(--warn);padding:2px 16px 8px;margin-top:16px}.warnings h2{margin:8px 0 4px;color:var(--warn)}.warnings ul{margin:0;padding-left:18px}.alert{color:var(--bad)}
        .card{border:1px solid var(--line);border-left:4px solid var(--line);border-radius:4px;padding:10px 14px;margin:10px 0}.hit{border-left-color:var(--hit)}.sub{margin:2px 0 4px;color:var(--dim)}.sub span+span:before{content:" · "}
        .tier,.tag{font-size:12px;font-weight:600;padding:1px 7px;border-radius:9px;border:1px solid currentColor;margin-left:4px;color:var(--dim)}.tI{color:var(--hit)}.tII{color:var(--blue)}
        tr.resistant td:nth-child(2),tr.adverse td:nth-child(2),tr.no_benefit td:nth-child(2){color:var(--bad)}tr.gone td:first-child b{text-decoration:line-through}.flag{color:var(--bad)}
        footer{margin-top:34px;border-top:2px solid var(--ink);color:var(--dim);font-size:12px}
        figure{margin:12px 0;overflow-x:auto}figure svg{max-width:100%;height:auto}
        @media print{body{max-width:none;padding:0}.card,tr{break-inside:avoid}}
        """
}
