// Opens a page in Chromium and prints as JSON what it asked for, complained of and drew:
// {console, requests, svgs, tokens, grounds, text}. Called as: node open_page.cjs CHROMIUM URL
const puppeteer = require("puppeteer-core");

const [program, address] = process.argv.slice(2);

function drawn() {
  const hasArea = (node) => node.getBoundingClientRect().width * node.getBoundingClientRect().height > 0;
  const tokens = [...document.querySelectorAll(".t")].filter(hasArea);
  const grounds = new Set(tokens.map((node) => getComputedStyle(node).backgroundColor));
  return {
    svgs: [...document.querySelectorAll("svg")].filter(hasArea).length,
    tokens: tokens.length,
    grounds: [...grounds],
    text: document.body.innerText,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  };
}

async function main() {
  const args = ["--host-resolver-rules=MAP * ~NOTFOUND"];
  if (process.getuid && process.getuid() === 0) args.push("--no-sandbox");
  const browser = await puppeteer.launch({ executablePath: program, args, timeout: 90_000 });
  try {
    const page = await browser.newPage();
    const said = [], requests = [];
    page.on("console", (one) => said.push(`${one.type()}: ${one.text()}`));
    page.on("pageerror", (error) => said.push(`pageerror: ${error}`));
    page.on("request", (one) => {
      if (one.url() !== address) requests.push(one.url());
    });
    await page.goto(address, { waitUntil: "networkidle0", timeout: 60_000 });
    console.log(JSON.stringify({ console: said, requests, ...(await page.evaluate(drawn)) }));
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
