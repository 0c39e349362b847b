"""Chat templates in the styles of well-known models, written for these tests, and conversations."""

from __future__ import annotations

from support.chat_reference import Message

CHATML = """\
{%- if messages[0]['role'] == 'system' -%}
    {%- set system_message = messages[0]['content'] -%}
    {%- set loop_messages = messages[1:] -%}
{%- else -%}
    {%- set system_message = 'You are a helpful assistant.' -%}
    {%- set loop_messages = messages -%}
{%- endif -%}
{{ '<|im_start|>system\\n' + system_message + '<|im_end|>\\n' }}
{%- for message in loop_messages -%}
    {{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}
"""
LLAMA3 = """\
{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- endif %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" }}
{%- if tools is not none %}
    {%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\\n\\n" }}{%- endfor %}
{%- endif %}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'
        + message['content'] | trim + '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""
GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}"
    "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}"
    "{% endif %}"
    "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}"
    "{% else %}{% set role = message['role'] %}{% endif %}"
    "{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\\n'}}{% endif %}"
)
MISTRAL = """\
{%- set ns = namespace(system="", index=0) %}
{%- if messages[0]["role"] == "system" %}
  {%- set ns.system = messages[0]["content"] %}
  {%- set loop_messages = messages[1:] %}
{%- else %}
  {%- set loop_messages = messages %}
{%- endif %}
{{- bos_token }}
{%- for message in loop_messages %}
  {%- if loop.first and ns.system != "" %}
    {{- "[INST] " ~ ns.system ~ "\\n\\n" ~ message["content"] ~ "[/INST]" }}
  {%- elif message.role == "user" %}
    {{- "[INST] %s[/INST]" % message["content"] }}
  {%- elif message.role == "assistant" %}
    {%- set ns.index = ns.index + 1 %}
    {% generation %}
    {{- " " + message["content"].split("</think>")[-1].lstrip() + eos_token }}
    {% endgeneration %}
  {%- else %}
    {%- continue %}
  {%- endif %}
{%- endfor %}
"""
MACROS = """\
{%- macro turn(role, content, last) -%}
  [{{ role|upper }}{% if last %}*{% endif %}]{{ content.replace('a', 'aa')[:40] }}
{%- endmacro -%}
{%- for message in messages|rejectattr('role', 'equalto', 'system') -%}
  {{ turn(message.role, message.content, loop.last) }}|{{ message.content|length }}
{%- endfor -%}
{%- set systems = messages|selectattr('role', 'equalto', 'system') %}
{%- set system = systems|map(attribute='content')|join('\\n') %}
{{ system|default('none', true) }} {{ messages|tojson }}
"""
FUNCTIONS = """\
{%- if not tools is defined -%}{%- set tools = none -%}{%- endif -%}
{{- bos_token }}
{%- if tools %}
    {%- for t in tools %}
        {{ "Use '"|safe + t.function.name + "' to '" + t.function.description + "'\\n"
            + t.function | tojson }}
        {{- (t.function.name|e) * 2 ~ ('<%s>' % t.function.name) }}
        {{- '<{}>'|safe|replace('{}', t.function.name) }}
        {{- ('<%s>'|safe) % t.function.description }}
        {{- ('<{0}>'|safe).format(t.function.description) }}{{ ('<'|safe)[:1] + '&' }}
        {{- (' < '|safe|trim) + '&' }}{{ ['<'|safe, '&']|join('>') }}{{ ('<'|safe).upper() + '&' }}
    {%- endfor %}
{%- endif %}
{%- for message in messages -%}
    {{ '<|' + message['role'] + '|>' }}
    {%- if message.content is string %}{{ message.content }}
    {%- elif message.content is iterable and message.content is not mapping %}
        {%- for block in message.content if block.type == 'text' %}{{ block.text }}{% endfor %}
    {%- endif %}
    {%- for call in message.tool_calls or [] %}
        {{ '<function=' + call.function.name + '>' + call['function']['arguments'] | tojson }}
    {%- endfor %}
    {%- if message.reasoning_content is defined %}[{{ message.reasoning_content }}]{% endif %}
    {%- if message.thinking %}({{ message.thinking }}){% endif %}
    {%- if loop.index > 5 %}{% break %}{% endif %}
{% endfor %}
{%- if documents %}
    {%- for document in documents %}{{ loop.index0 }}:{{ document.title }}={{ document['text'] }};
    {%- endfor %}
{%- endif %}
{%- if add_generation_prompt %}{{ '<|assistant|>' }}
    {%- if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}
{%- endif -%}
"""
LISTS = """\
{% set ns = namespace(found=false, names=[], last=-1) %}
{% for message in messages[::-1] %}
    {% set index = (messages|length - 1) - loop.index0 %}
    {% if not ns.found and message.role == "user" %}
        {% set ns.found = true %}
        {% set ns.last = index %}
    {% endif %}
{% endfor %}
{% for name, text in {'a': 1, 'b': [1.5, none, true]}.items() %}
    {{- name }}={{ text|tojson(indent=2, sort_keys=true) }};
{% endfor %}
{{ messages|map(attribute='role')|unique|join(', ') }} {{ ns.last }}
{% set rows = messages|selectattr('content', 'defined')|selectattr('content', 'string')|list %}
{{ rows|groupby('role')|map('first')|join('/') }} {{ rows|length }} {{ 7 // 2 }} {{ 2 ** 5 % 7 }}
{{ 'x' in 'axb' and messages[0].role is eq('user') }} {{ '%05.1f|%s' % (2.25, 'ü') }}
{{ strftime_now('%d %B %Y') }}{# a comment #} {{ dict(a=1, **{'b': 2})|tojson }}
{% filter upper %}{{ messages[0].role }}{% endfilter %} {{ messages[0].role.title().center(9) }}
{% macro show(text, wide=3) -%}
    {{ text|string|indent(wide, first=true) }}{{ caller() if caller else '' }}
{%- endmacro %}
{% call show('a\\nb') %}!{% endcall %}{{ show(3) }}
{% for message in messages recursive %}{% if loop.depth < 2 %}{{ loop(messages) }}{% endif %}
    {{- loop.cycle('x', 'y') }}{{ loop.changed(message.role) }}{% else %}none{% endfor %}
{% if messages[-1].content is string %}{{ messages[-1].content.strip() }}{% endif %}
"""
TEMPLATES = {
    "chatml": CHATML,
    "llama-3": LLAMA3,
    "gemma": GEMMA,
    "mistral": MISTRAL,
    "macros": MACROS,
    "functions": FUNCTIONS,
    "lists": LISTS,
}
CALLS: list[Message] = [
    {"type": "function", "function": {"name": "größe", "arguments": {"x": "Zoë <b> 'q'"}}}
]
CONVERSATIONS: list[list[Message]] = [
    [{"role": "user", "content": "Hi"}],
    [{"role": "system", "content": " Be kind. \n"}, {"role": "user", "content": 'Ü <b> & "x" 🦊'}],
    [
        {"role": "user", "content": "a\n\nb "},
        {"role": "assistant", "content": "<think>hm</think>\n\nYes"},
        {"role": "user", "content": "And?"},
    ],
    [{"role": "user", "content": "a"}, {"role": "user", "content": ""}],
    [{"role": "tool", "content": "{}"}, {"role": "user", "content": "x"}],
    [
        {"role": "user", "content": "Weather?"},
        {"role": "assistant", "content": None, "tool_calls": CALLS, "reasoning": "look & see"},
        {"role": "tool", "content": '{"t": "<3>"}', "name": "größe"},
    ],
    [
        {
            "role": "user",
            "content": [{"type": "text", "text": "one "}, {"type": "text", "text": "2"}],
        }
    ],
    [{"role": "user", "content": "q"}, {"role": "assistant", "content": "x ", "thinking": "hm"}],
]
TOOLS: list[Message] = [
    {
        "type": "function",
        "function": {
            "name": "größe",
            "description": "Says \"how\" <large> & 'small' it is",
            "parameters": {"x": [1, None]},
        },
    }
]
DOCUMENTS: list[Message] = [{"title": "One", "text": "a < b"}, {"title": "Two", "text": "ü"}]
