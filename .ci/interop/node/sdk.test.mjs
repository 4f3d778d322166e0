// The official Node SDK against the hub: the short form of what ../python checks at length.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe, test } from 'node:test';
import OpenAI from 'openai';

const url = process.env.PARLEY_URL;
const fakes = JSON.parse(fs.readFileSync(process.env.PARLEY_FAKES, 'utf8'));
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-of-the-caller', maxRetries: 0, timeout: 30_000 });

const OMNI = 'Qwen/Qwen3-Omni-30B-A3B-Instruct';
const CHAT_MODELS = ['gpt-4o-mini', 'Qwen/Qwen3-8B', 'llama-chat', 'openai/gpt-4o', 'qwen3:8b', OMNI];
const EMBEDDING_MODELS = ['text-embedding-3-small', 'mxbai-embed-large', 'qwen3:8b', 'BAAI/bge-m3'];
const user = (content) => [{ role: 'user', content }];
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const WEATHER = { type: 'function', function: { name: 'get_weather', parameters } };

async function journal(kind) {
  const answer = await fetch(new URL('/_fake/journal', fakes[kind]));
  return (await answer.json()).requests;
}

async function cancelled(kind) {
  return (await journal(kind)).filter((request) => request.cancelled).length;
}

async function waitCancelled(kind, count) {
  const began = performance.now();
  while ((await cancelled(kind)) < count) {
    assert.ok(performance.now() - began < 5000, 'the backend was not told that its caller left');
  }
  return performance.now() - began;
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
  return text;
}

for (const model of CHAT_MODELS) {
  describe(`chat with ${model}`, () => {
    test('whole', async () => {
      const answer = await client.chat.completions.create({ model, messages: user('Grüße 👋') });
      assert.equal(answer.choices[0].message.content, 'You said: Grüße 👋');
      assert.equal(answer.choices[0].finish_reason, 'stop');
      assert.ok(answer.usage.total_tokens > 0);
    });

    test('streamed, no usage unless asked', async () => {
      const chunks = [];
      const stream = await client.chat.completions.create({ model, messages: user('Grüße 👋'), stream: true });
      for await (const chunk of stream) chunks.push(chunk);
      assert.equal(chunks.map((c) => c.choices[0].delta.content ?? '').join(''), 'You said: Grüße 👋');
      assert.ok(chunks.every((chunk) => !chunk.usage));
    });

    test('the stream helper finds role and finish reason, and usage once', async () => {
      const stream = client.chat.completions.stream({
        model,
        messages: user('hi there'),
        stream_options: { include_usage: true },
      });
      const final = await stream.finalChatCompletion();
      assert.equal(final.choices[0].message.role, 'assistant');
      assert.equal(final.choices[0].message.content, 'You said: hi there');
      assert.equal(final.choices[0].finish_reason, 'stop');
      assert.ok((await stream.totalUsage()).total_tokens > 0);
    });

    test('the stream helper assembles parallel tool calls', async () => {
      const stream = client.chat.completions.stream({
        model,
        messages: user('What is the weather in Paris and Berlin?'),
        tools: [WEATHER],
      });
      const { choices } = await stream.finalChatCompletion();
      const cities = choices[0].message.tool_calls.map((call) => JSON.parse(call.function.arguments).city);
      assert.deepEqual(cities, ['Paris', 'Berlin']);
      assert.equal(choices[0].finish_reason, 'tool_calls');
    });

    test('runTools calls the function and goes on', async () => {
      const asked = [];
      const weather = { name: 'get_weather', description: 'Weather', parameters, parse: JSON.parse };
      weather.function = ({ city }) => (asked.push(city), `${city}: 21 °C`);
      const runner = client.chat.completions.runTools({
        model,
        messages: user('What is the weather in Paris?'),
        tools: [{ type: 'function', function: weather }],
      });
      assert.equal(await runner.finalContent(), 'The tool said: Paris: 21 °C');
      assert.deepEqual(asked, ['Paris']);
    });
  });
}

describe('parts and members', () => {
  test('audio in', async () => {
    const data = Buffer.from('RIFF0000WAVE').toString('base64');
    const part = { type: 'input_audio', input_audio: { data, format: 'wav' } };
    const answer = await client.chat.completions.create({ model: OMNI, messages: user([part]) });
    assert.match(answer.choices[0].message.content, /\[audio wav 12 bytes]/);
  });

  for (const model of ['gpt-4o-audio-preview', OMNI]) {
    test(`audio out of ${model}, streamed`, async () => {
      const stream = await client.chat.completions.create({
        model,
        messages: user('Say it'),
        modalities: ['text', 'audio'],
        audio: { voice: 'alloy', format: 'pcm16' },
        stream: true,
      });
      let data = '';
      for await (const chunk of stream) data += chunk.choices[0]?.delta?.audio?.data ?? '';
      assert.ok(Buffer.from(data, 'base64').length > 1000);
    });
  }

  test('unknown members go through, both ways', async () => {
    const answer = await client.chat.completions.create({
      model: 'Qwen/Qwen3-8B',
      messages: user('hi'),
      chat_template_kwargs: { enable_thinking: false },
    });
    assert.deepEqual(answer.echo_unknown, { chat_template_kwargs: { enable_thinking: false } });
  });

  test('older completions, whole and streamed', async () => {
    const model = 'gpt-3.5-turbo-instruct';
    const answer = await client.completions.create({ model, prompt: 'one two' });
    assert.equal(answer.choices[0].text, 'You said: one two');
    let text = '';
    for await (const chunk of await client.completions.create({ model, prompt: 'one two', stream: true })) {
      text += chunk.choices[0]?.text ?? '';
    }
    assert.equal(text, 'You said: one two');
  });
});

describe('embeddings', () => {
  for (const model of EMBEDDING_MODELS) {
    test(`${model}: the default base64 is what floats are`, async () => {
      const input = ['first', 'second'];
      const unspoken = await client.embeddings.create({ model, input });
      const floats = await client.embeddings.create({ model, input, encoding_format: 'float' });
      for (const row of [0, 1]) {
        const [left, right] = [unspoken, floats].map((answer) => Array.from(answer.data[row].embedding));
        assert.equal(left.length, 8);
        left.forEach((value, i) => assert.ok(Math.abs(value - right[i]) < 1e-6));
      }
    });
  }
});

describe('models', () => {
  test('list and one with a slash', async () => {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    assert.ok(CHAT_MODELS.every((id) => ids.includes(id)));
    assert.equal((await client.models.retrieve('Qwen/Qwen3-8B')).id, 'Qwen/Qwen3-8B');
  });

  test('unknown, with the nearest name', async () => {
    await assert.rejects(client.models.retrieve('gpt-4o-mni'), (error) => {
      assert.ok(error instanceof OpenAI.NotFoundError);
      assert.equal(error.code, 'model_not_found');
      assert.match(error.message, /gpt-4o-mini/);
      return true;
    });
  });
});

describe('failures', () => {
  const chat = (model, text, more = {}) => client.chat.completions.create({ model, messages: user(text), ...more });

  test('a bad field', async () => {
    await assert.rejects(chat('gpt-4o-mini', 'hi', { temperature: 3 }), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError);
      assert.equal(error.param, 'temperature');
      return true;
    });
  });

  test('the hub has bad credentials', async () => {
    await assert.rejects(chat('gpt-4o-mini', '[[status 401]]'), { status: 502 });
  });

  test('rate limited; then the SDK waits as told', async () => {
    await assert.rejects(chat('recorder', 'limit node-a'), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.equal(error.headers.get('retry-after'), '1');
      return true;
    });
    const began = performance.now();
    await client.chat.completions.create({ model: 'recorder', messages: user('limit node-b') }, { maxRetries: 1 });
    assert.ok(performance.now() - began > 900);
  });

  for (const fault of ['[[error]]', '[[close-after 3]]', '[[reset-after 3]]']) {
    test(`a stream that breaks by ${fault} does not end well`, async () => {
      const stream = await chat('Qwen/Qwen3-8B', `${fault} [[words 20]]`, { stream: true });
      await assert.rejects(textOf(stream), (error) => {
        assert.ok(error instanceof OpenAI.APIError);
        return true;
      });
    });
  }
});

describe('leaving', () => {
  test('an aborted stream', async () => {
    const times = [];
    for (let round = 0; round < 8; round++) {
      const before = await cancelled('vllm');
      const controller = new AbortController();
      const stream = await client.chat.completions.create(
        { model: 'Qwen/Qwen3-8B', messages: user('[[slow]] [[words 400]]'), stream: true },
        { signal: controller.signal },
      );
      for await (const _ of stream) break;
      controller.abort();
      times.push(await waitCancelled('vllm', before + 1));
    }
    assert.ok(Math.min(...times) < 100, `took ${times} ms`); // a busy machine only adds
  });

  test('before the headers', async () => {
    const before = await cancelled('vllm');
    const posts = async () => (await journal('vllm')).filter((request) => request.method === 'POST').length;
    const arrived = await posts();
    const controller = new AbortController();
    const call = client.chat.completions.create(
      { model: 'Qwen/Qwen3-8B', messages: user('[[hang]]') },
      { signal: controller.signal },
    );
    const rejected = assert.rejects(call, OpenAI.APIUserAbortError);
    while ((await posts()) === arrived);
    controller.abort();
    await rejected;
    await waitCancelled('vllm', before + 1);
  });

  test('timeout of the SDK', async () => {
    const before = await cancelled('vllm');
    const call = client.chat.completions.create(
      { model: 'Qwen/Qwen3-8B', messages: user('[[hang]]') },
      { timeout: 300 },
    );
    await assert.rejects(call, OpenAI.APIConnectionTimeoutError);
    await waitCancelled('vllm', before + 1);
  });
});

test('fifty calls at once', async () => {
  const calls = Array.from({ length: 50 }, async (_, i) => {
    if (i % 2) return textOf(await client.chat.completions.create({ model: 'gpt-4o-mini', messages: user(`n ${i}`), stream: true }));
    return (await client.chat.completions.create({ model: 'qwen3:8b', messages: user(`n ${i}`) })).choices[0].message.content;
  });
  assert.deepEqual(await Promise.all(calls), Array.from({ length: 50 }, (_, i) => `You said: n ${i}`));
});
