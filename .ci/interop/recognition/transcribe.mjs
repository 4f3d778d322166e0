// Writes down a file through OpenAI's Node SDK: transcribe.mjs FILE KIND JSON, where KIND is transcriptions or
// translations and JSON is the rest of the request. Prints what the SDK gives, as JSON: the answer, the list of events,
// or {"error": {name, status, code, param}}.
import fs from 'node:fs';
import OpenAI from 'openai';

const [file, kind, request] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${process.env.PARLEY_URL}/v1`, apiKey: 'k', maxRetries: 0, timeout: 60_000 });

async function ask() {
  const answer = await client.audio[kind].create({ file: fs.createReadStream(file), ...JSON.parse(request) });
  if (!answer[Symbol.asyncIterator]) return answer;
  const events = [];
  for await (const event of answer) events.push(event);
  return events;
}

try {
  console.log(JSON.stringify(await ask()));
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) throw error;
  const { status, code, param } = error;
  console.log(JSON.stringify({ error: { name: error.constructor.name, status, code, param } }));
}
