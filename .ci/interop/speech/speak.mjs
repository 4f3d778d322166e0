// Speaks through OpenAI's Node SDK: speak.mjs FILE JSON, where JSON is the request. Writes the bytes as they come to
// FILE, and says on standard output in how many pieces they came, and of which type they are.
import fs from 'node:fs';
import OpenAI from 'openai';

const [file, request] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${process.env.PARLEY_URL}/v1`, apiKey: 'k', maxRetries: 0, timeout: 30_000 });
const answer = await client.audio.speech.create(JSON.parse(request));
const out = fs.openSync(file, 'w');
let pieces = 0;
for await (const piece of answer.body) {
  fs.writeSync(out, piece);
  pieces += 1;
}
fs.closeSync(out);
console.log(JSON.stringify({ pieces, type: answer.headers.get('content-type') }));
