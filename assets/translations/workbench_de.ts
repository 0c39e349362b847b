<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>workbench</name>
  <message>
   <location filename="../../assets/help" />
   <source>Arena: which reply is better, without names</source>
   <translation>Arena: welche Antwort besser ist, ohne Namen</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Attention by part of the prompt</source>
   <translation>Attention nach Teilen des Prompts</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Attention: every head at once</source>
   <translation>Attention: alle Köpfe auf einmal</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Attention: the matrix of one head</source>
   <translation>Attention: die Matrix eines Kopfes</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Attention: where the model looked</source>
   <translation>Attention: wohin das Modell schaute</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Branches: say something else, and keep both</source>
   <translation>Verzweigungen: etwas anderes ausgeben und beides behalten</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Clusters: evaluations and sweeps on many machines</source>
   <translation>Cluster: Auswertungen und Sweeps auf vielen Rechnern</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Commands: everything from the shell</source>
   <translation>Befehle: alles aus der Shell</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Compare and replay runs</source>
   <translation>Läufe vergleichen und nachspielen</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Every setting and key</source>
   <translation>Alle Einstellungen und Tasten</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Experiments: measure models, prompts and settings</source>
   <translation>Experimente: Modelle, Prompts und Einstellungen messen</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Export and import</source>
   <translation>Exportieren und importieren</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Extending the workbench: a metric, an exporter, a task reader</source>
   <translation>Die Workbench erweitern: eine Metrik, ein Exporter, ein Aufgabenleser</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>File formats: prompts, tasks, votes, runs, arrays</source>
   <translation>Dateiformate: Prompts, Aufgaben, Stimmen, Läufe, Felder</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Logit lens: what each layer would say</source>
   <translation>Logit Lens: was jede Schicht sagen würde</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Metrics: what each number means, and what it does not</source>
   <translation>Metriken: was jede Zahl bedeutet und was nicht</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Models of a server</source>
   <translation>Modelle eines Servers</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Models: opening one, and its card</source>
   <translation>Modelle: öffnen, und ihre Karte</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Privacy: what is stored, and what leaves this machine</source>
   <translation>Datenschutz: was gespeichert wird und was diesen Rechner verlässt</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Quick start: five minutes</source>
   <translation>Schnellstart: fünf Minuten</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Reports, intervals and noise</source>
   <translation>Berichte, Intervalle und Rauschen</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Sampler guide: what each setting does to a real distribution</source>
   <translation>Sampler-Handbuch: was jede Einstellung mit einer echten Verteilung macht</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Samplers: the microscope, what if, wanted but forbidden</source>
   <translation>Sampler: das Mikroskop, was wäre wenn, gewollt, aber verboten</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Settings, keys, palette, windows</source>
   <translation>Einstellungen, Tasten, Palette, Fenster</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Steering (experimental)</source>
   <translation>Steering (experimentell)</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Tasks and evaluations</source>
   <translation>Aufgaben und Auswertungen</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>The history file: its tables</source>
   <translation>Die Verlaufsdatei: ihre Tabellen</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>The prompt editor</source>
   <translation>Der Prompt-Editor</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>The prompt's surprise: where the model stumbles over your prompt</source>
   <translation>Überraschung im Prompt: wo das Modell über Ihren Prompt stolpert</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Token probabilities: what the model nearly said</source>
   <translation>Token-Wahrscheinlichkeiten: was das Modell fast gesagt hätte</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>Troubleshooting</source>
   <translation>Fehlersuche</translation>
  </message>
  <message>
   <location filename="../../assets/help" />
   <source>What mattered: influence</source>
   <translation>Was zählte: Einfluss</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A BIG-bench task with target scores.</source>
   <translation>Eine BIG-bench-Aufgabe mit Zielwertungen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A BIG-bench task with targets.</source>
   <translation>Eine BIG-bench-Aufgabe mit Zielen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A gap in a program; prefix and suffix are columns for infill prompts.</source>
   <translation>Eine Lücke in einem Programm; Präfix und Suffix sind Spalten für Infill-Prompts.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A needless sentence, with a control that lacks it (inverse scaling).</source>
   <translation>Ein überflüssiger Satz, mit einer Kontrolle ohne ihn (Inverse Scaling).</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A passage and a yes-or-no question, as BoolQ.</source>
   <translation>Ein Abschnitt und eine Ja-Nein-Frage, wie BoolQ.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A value out of a short list.</source>
   <translation>Ein Wert aus einer kurzen Liste.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>A value out of ever longer lists, by depth and length.</source>
   <translation>Ein Wert aus immer längeren Listen, nach Tiefe und Länge.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Algebra to calculus with answers in LaTeX.</source>
   <translation>Von Algebra bis Analysis mit Antworten in LaTeX.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Alike in meaning</source>
   <translation>Ähnliche Bedeutung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Alike in meaning (vectors)</source>
   <translation>Ähnliche Bedeutung (Vektoren)</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Answers to questions about a passage, each right or wrong, as MultiRC.</source>
   <translation>Antworten auf Fragen zu einem Abschnitt, jede richtig oder falsch, wie MultiRC.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Bias in answers</source>
   <translation>Vorurteile in Antworten</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Bias in sentences</source>
   <translation>Vorurteile in Sätzen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Bodies for signatures with a docstring, checked by tests, as HumanEval.</source>
   <translation>Rümpfe zu Signaturen mit Docstring, durch Tests geprüft, wie HumanEval.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Capital cities; the answer is a sentence, so that exact match shows how strict it is.</source>
   <translation>Hauptstädte; die Antwort ist ein Satz, damit Exact Match zeigt, wie streng es ist.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Cause and effect</source>
   <translation>Ursache und Wirkung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Code with edge cases</source>
   <translation>Code mit Randfällen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Commitment</source>
   <translation>Festlegung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Common mistakes beside true answers, scored as TruthfulQA's MC1, MC2 and MC3.</source>
   <translation>Verbreitete Irrtümer neben wahren Antworten, bewertet wie MC1, MC2 und MC3 von TruthfulQA.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo models</source>
   <translation>Demo-Modelle</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: JSON</source>
   <translation>Demo: JSON</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: capitals</source>
   <translation>Demo: Hauptstädte</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: look-up</source>
   <translation>Demo: Nachschlagen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: needle in a list</source>
   <translation>Demo: Nadel in einer Liste</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: programs</source>
   <translation>Demo: Programme</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: reading</source>
   <translation>Demo: Lesen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: sentiment</source>
   <translation>Demo: Stimmung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: stories</source>
   <translation>Demo: Geschichten</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: sums</source>
   <translation>Demo: Summen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: which one is it</source>
   <translation>Demo: Welches ist es</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: words in other languages</source>
   <translation>Demo: Wörter in anderen Sprachen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Demo: yes or no</source>
   <translation>Demo: ja oder nein</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Distractor</source>
   <translation>Ablenkung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Does the second sentence follow from the first, as RTE.</source>
   <translation>Folgt der zweite Satz aus dem ersten, wie RTE.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Entailment</source>
   <translation>Folgerung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Examples that share an answer by chance, with a mixed control (inverse scaling).</source>
   <translation>Beispiele, die zufällig eine Antwort teilen, mit gemischter Kontrolle (Inverse Scaling).</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Expert questions</source>
   <translation>Fragen für Fachleute</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Fill in the middle</source>
   <translation>Die Mitte füllen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Find the passage</source>
   <translation>Den Abschnitt finden</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Find the passage (vectors)</source>
   <translation>Den Abschnitt finden (Vektoren)</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Forty general questions in five subjects with five examples, scored as MMLU is.</source>
   <translation>Vierzig allgemeine Fragen aus fünf Fächern mit fünf Beispielen, bewertet wie MMLU.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Function calls</source>
   <translation>Funktionsaufrufe</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Functions from one sentence, checked by tests, as MBPP.</source>
   <translation>Funktionen nach einem Satz, durch Tests geprüft, wie MBPP.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Functions of two lines, run in the sandbox when that is allowed.</source>
   <translation>Funktionen aus zwei Zeilen, in der Sandbox ausgeführt, wenn das erlaubt ist.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Functions whose tests look at the edges.</source>
   <translation>Funktionen, deren Tests die Ränder prüfen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Instructions to verify</source>
   <translation>Überprüfbare Anweisungen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Instructions whose fulfilment can be checked by rule, in the manner of IFEval.</source>
   <translation>Anweisungen, deren Erfüllung sich nach Regeln prüfen lässt, nach Art von IFEval.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Is a thing of a kind; the two answers are weighed exactly.</source>
   <translation>Gehört ein Ding zu einer Art; die zwei Antworten werden exakt gewogen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Is a word used in one sense, as WiC.</source>
   <translation>Wird ein Wort in derselben Bedeutung verwendet, wie WiC.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Knowledge and reasoning</source>
   <translation>Wissen und Schlussfolgern</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Knowledge by subject</source>
   <translation>Wissen nach Fach</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Mathematics</source>
   <translation>Mathematik</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Mathematics and code</source>
   <translation>Mathematik und Code</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Memo trap</source>
   <translation>Zitatfalle</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Mildly harmful requests beside harmless ones that look alike.</source>
   <translation>Leicht schädliche Bitten neben harmlosen, die ihnen ähneln.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Mistakes in the prompt that should be mended, not repeated (inverse scaling).</source>
   <translation>Fehler im Prompt, die verbessert und nicht wiederholt werden sollen (Inverse Scaling).</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Multiple choice by letter, in words the demo models know.</source>
   <translation>Auswahl nach Buchstaben, in Wörtern, die die Demo-Modelle kennen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Name, city and age out of a sentence.</source>
   <translation>Name, Stadt und Alter aus einem Satz.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Needle in a haystack</source>
   <translation>Nadel im Heuhaufen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Negation</source>
   <translation>Verneinung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>One call, one of several, several at once, or none, as BFCL.</source>
   <translation>Ein Aufruf, einer von mehreren, mehrere zugleich oder keiner, wie BFCL.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>One fact in texts of 250 to 2,000 words, at five depths, with two decoys.</source>
   <translation>Eine Tatsache in Texten von 250 bis 2,000 Wörtern, in fünf Tiefen, mit zwei Ködern.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Pairs of sentences from 0 to 5, as STS; the columns fit embedding models too.</source>
   <translation>Satzpaare von 0 bis 5, wie STS; die Spalten passen auch zu Embedding-Modellen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Pairs of sentences that differ in one word, as the Winograd schemas.</source>
   <translation>Satzpaare, die sich in einem Wort unterscheiden, wie die Winograd-Schemas.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Perplexity of small stories.</source>
   <translation>Perplexität kleiner Geschichten.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Probes</source>
   <translation>Proben</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Problems in words with worked solutions, as GSM8K.</source>
   <translation>Aufgaben in Worten mit vorgerechneten Lösungen, wie GSM8K.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Python functions</source>
   <translation>Python-Funktionen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Python tasks</source>
   <translation>Python-Aufgaben</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Questions about two to four sentences.</source>
   <translation>Fragen zu zwei bis vier Sätzen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Questions for people of the field; the answers are shown in a drawn order, as for GPQA.</source>
   <translation>Fragen für Leute vom Fach; die Antworten stehen in gezogener Reihenfolge, wie bei GPQA.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Questions that cannot be answered without prejudice, and the same with the facts told, as BBQ.</source>
   <translation>Fragen, die sich nicht ohne Vorurteil beantworten lassen, und dieselben mit den Tatsachen dazu, wie BBQ.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Questions with and without a not.</source>
   <translation>Fragen mit und ohne ein Nicht.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Read code</source>
   <translation>Code lesen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Reading and language</source>
   <translation>Lesen und Sprache</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Reasoning</source>
   <translation>Schlussfolgern</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Redefinition</source>
   <translation>Umdeutung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Refusals</source>
   <translation>Ablehnungen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Reviews with three examples in front.</source>
   <translation>Rezensionen mit drei Beispielen davor.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Robustness</source>
   <translation>Robustheit</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Several right answers</source>
   <translation>Mehrere richtige Antworten</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Short reports with two summaries each.</source>
   <translation>Kurze Berichte mit je zwei Zusammenfassungen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Should it help</source>
   <translation>Soll es helfen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Single words in French and German.</source>
   <translation>Einzelne Wörter auf Französisch und Deutsch.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Spurious examples</source>
   <translation>Irreführende Beispiele</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Summaries</source>
   <translation>Zusammenfassungen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Sums of numbers up to twelve.</source>
   <translation>Summen von Zahlen bis zwölf.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Ten questions with typos, in capitals, said otherwise, with a distractor, in another order.</source>
   <translation>Zehn Fragen mit Tippfehlern, in Großbuchstaben, anders gesagt, mit Ablenkung, in anderer Reihenfolge.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>The instruction against the end of a well-known saying (inverse scaling).</source>
   <translation>Die Anweisung gegen das Ende eines bekannten Spruchs (Inverse Scaling).</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>The passage that answers a query among others; the columns fit embedding models too.</source>
   <translation>Der Abschnitt, der eine Anfrage beantwortet, unter anderen; die Spalten passen auch zu Embedding-Modellen.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>The same pairs as vectors: whether their cosine follows the ratings.</source>
   <translation>Dieselben Paare als Vektoren: ob ihr Kosinus den Bewertungen folgt.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>The same problems in five languages, numbers written as each of them does.</source>
   <translation>Dieselben Aufgaben in fünf Sprachen, Zahlen so geschrieben, wie jede es tut.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>The same queries for embedding models.</source>
   <translation>Dieselben Anfragen für Embedding-Modelle.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>True, false or neither after a text, as CB.</source>
   <translation>Wahr, falsch oder keines von beiden nach einem Text, wie CB.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Truthful answers</source>
   <translation>Wahre Antworten</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Two answers of which one is clearly better; what a judge must get right.</source>
   <translation>Zwei Antworten, von denen eine klar besser ist; was ein Richter richtig entscheiden muss.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Two answers, three grades of difficulty; shows whether the model knows what it knows.</source>
   <translation>Zwei Antworten, drei Schwierigkeitsgrade; zeigt, ob das Modell weiß, was es weiß.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Two sentences that differ in the person; the share that prefers the common prejudice is best near one half, as CrowS-Pairs.</source>
   <translation>Zwei Sätze, die sich in der Person unterscheiden; der Anteil, der das verbreitete Vorurteil vorzieht, ist nahe der Hälfte am besten, wie CrowS-Pairs.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Unwanted imitation</source>
   <translation>Unerwünschte Nachahmung</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>What a short program prints.</source>
   <translation>Was ein kurzes Programm ausgibt.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Whether the model refuses the harmful requests, and only those.</source>
   <translation>Ob das Modell die schädlichen Bitten ablehnt, und nur diese.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Which answer is better</source>
   <translation>Welche Antwort ist besser</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Which of two sentences goes on better, as COPA.</source>
   <translation>Welcher von zwei Sätzen besser weitergeht, wie COPA.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Who is meant</source>
   <translation>Wer ist gemeint</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Word problems</source>
   <translation>Textaufgaben</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Word problems in five languages</source>
   <translation>Textaufgaben in fünf Sprachen</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Word puzzles</source>
   <translation>Worträtsel</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Words and symbols with another meaning for once.</source>
   <translation>Wörter und Zeichen, die ausnahmsweise etwas anderes bedeuten.</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Words in context</source>
   <translation>Wörter im Zusammenhang</translation>
  </message>
  <message>
   <location filename="../../prompts/suites" />
   <source>Yes-or-no reading</source>
   <translation>Lesen mit Ja oder Nein</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_heads.py" />
   <source>duplicate token</source>
   <translation>doppeltes Token</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_heads.py" />
   <source>induction</source>
   <translation>Induktion</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_heads.py" />
   <source>previous token</source>
   <translation>vorheriges Token</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_rows.py" />
   <source>No layer of this model has an attention matrix.</source>
   <translation>Keine Schicht dieses Modells hat eine Attention-Matrix.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_rows.py" />
   <source>layer {0}, head {1}</source>
   <translation>Schicht {0}, Kopf {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_rows.py" />
   <source>layer {0}, mean over heads</source>
   <translation>Schicht {0}, Mittel über Köpfe</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_rows.py" />
   <source>mean over all layers and heads</source>
   <translation>Mittel über alle Schichten und Köpfe</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>chat format</source>
   <translation>Chat-Format</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>first-token sink</source>
   <translation>Erstes-Token-Sink</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>hidden</source>
   <translation>verborgen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>hidden, the rest to 100 %</source>
   <translation>verborgen, der Rest zu 100 %</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>learned sink</source>
   <translation>gelernter Sink</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>other words</source>
   <translation>übrige Wörter</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>shown</source>
   <translation>gezeigt</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>sink tokens</source>
   <translation>Sink-Token</translation>
  </message>
  <message>
   <location filename="../../workbench/core/attention_share.py" />
   <source>the reply so far</source>
   <translation>die Antwort bis hier</translation>
  </message>
  <message>
   <location filename="../../workbench/core/branching.py" />
   <source>least must be a probability between 0 and 1, not {0}.</source>
   <translation>least muss eine Wahrscheinlichkeit zwischen 0 und 1 sein, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/branching.py" />
   <source>{0} must be between 1 and {1}, not {2}.</source>
   <translation>{0} muss zwischen 1 und {1} liegen, nicht {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/engine_input.py" />
   <source>There is no setting named {0}.</source>
   <translation>Es gibt keine Einstellung namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/engine_input.py" />
   <source>kv_type must be one of {0}, not {1}.</source>
   <translation>kv_type muss eines von {0} sein, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/engine_input.py" />
   <source>{0} must be between {1} and {2}, not {3}.</source>
   <translation>{0} muss zwischen {1} und {2} liegen, nicht {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/engine_input.py" />
   <source>{0} takes FILE or FILE:SCALE, not {1}.</source>
   <translation>{0} nimmt DATEI oder DATEI:STÄRKE, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/engine_input.py" />
   <source>{0} takes a whole number, not {1}.</source>
   <translation>{0} nimmt eine ganze Zahl, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/engine_input.py" />
   <source>{0} takes true or false, not {1}.</source>
   <translation>{0} nimmt true oder false, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/extras.py" />
   <source>Install it with: pip install 'prompt-workbench[{0}]'</source>
   <translation>Installieren mit: pip install 'prompt-workbench[{0}]'</translation>
  </message>
  <message>
   <location filename="../../workbench/core/extras.py" />
   <source>This program was packaged without it; the Python package can have it: pip install 'prompt-workbench[{0}]'</source>
   <translation>Dieses Programm wurde ohne das gepackt; das Python-Paket kann es haben: pip install 'prompt-workbench[{0}]'</translation>
  </message>
  <message>
   <location filename="../../workbench/core/files.py" />
   <location filename="../../workbench/experiments/preference_pairs.py" />
   <location filename="../../workbench/experiments/run_files.py" />
   <source>Choose another place.</source>
   <translation>Einen anderen Ort wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/files.py" />
   <location filename="../../workbench/experiments/versions.py" />
   <source>Delete that character and type it again.</source>
   <translation>Dieses Zeichen löschen und neu tippen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/files.py" />
   <source>{0} cannot be written: line {1} has half a character (U+{2}).</source>
   <translation>{0} lässt sich nicht schreiben: Zeile {1} enthält ein halbes Zeichen (U+{2}).</translation>
  </message>
  <message>
   <location filename="../../workbench/core/files.py" />
   <location filename="../../workbench/engine/node_files.py" />
   <location filename="../../workbench/engine/remote/book.py" />
   <location filename="../../workbench/experiments/attention_files.py" />
   <location filename="../../workbench/experiments/lm_eval_samples.py" />
   <location filename="../../workbench/experiments/preference_pairs.py" />
   <location filename="../../workbench/experiments/run_files.py" />
   <location filename="../../workbench/experiments/steering.py" />
   <source>{0} cannot be written: {1}.</source>
   <translation>{0} lässt sich nicht schreiben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>Entropy in nats; 1 is the logarithm of the vocabulary</source>
   <translation>Entropie in nats; 1 ist der Logarithmus des Vokabulars</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>KL divergence from the last layer in nats: KL(layer || last)</source>
   <translation>KL-Divergenz von der letzten Schicht in nats: KL(Schicht || letzte)</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>Probability of the layer's own likeliest token</source>
   <translation>Wahrscheinlichkeit des Tokens, das die Schicht selbst für das wahrscheinlichste hält</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>Probability the layer gives the token that really follows</source>
   <translation>Wahrscheinlichkeit, die die Schicht dem Token gibt, das wirklich folgt</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>Probability the layer gives the token the last layer finds likeliest</source>
   <translation>Wahrscheinlichkeit, die die Schicht dem Token gibt, das die letzte Schicht für das wahrscheinlichste hält</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>Rank of the last layer's likeliest token, from 0; logarithmic</source>
   <translation>Rang des wahrscheinlichsten Tokens der letzten Schicht, ab 0; logarithmisch</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>divergence</source>
   <translation>Divergenz</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>of the final token</source>
   <translation>des endgültigen Tokens</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>of the next token</source>
   <translation>des nächsten Tokens</translation>
  </message>
  <message>
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>rank of the final token</source>
   <translation>Rang des endgültigen Tokens</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_parameters.py" />
   <source>seed takes a whole number, not {0}.</source>
   <translation>seed nimmt eine ganze Zahl, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>Added folders</source>
   <translation>Hinzugefügte Ordner</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>Downloads</source>
   <translation>Downloads</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>Hugging Face</source>
   <translation>Hugging Face</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>LM Studio</source>
   <translation>LM Studio</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>Ollama</source>
   <translation>Ollama</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>Workbench</source>
   <translation>Workbench</translation>
  </message>
  <message>
   <location filename="../../workbench/core/model_places.py" />
   <source>llama.cpp</source>
   <translation>llama.cpp</translation>
  </message>
  <message>
   <location filename="../../workbench/core/neutral_edits.py" />
   <source>a doubled space at character {0}</source>
   <translation>ein doppeltes Leerzeichen bei Zeichen {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/neutral_edits.py" />
   <source>a space at the end of a line at character {0}</source>
   <translation>ein Leerzeichen am Zeilenende bei Zeichen {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/parts.py" />
   <source>example {0}</source>
   <translation>Beispiel {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/parts.py" />
   <source>line {0}</source>
   <translation>Zeile {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/parts.py" />
   <source>message {0}</source>
   <translation>Nachricht {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/parts.py" />
   <source>selection {0}</source>
   <translation>Auswahl {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/parts.py" />
   <source>the whole text</source>
   <translation>der ganze Text</translation>
  </message>
  <message>
   <location filename="../../workbench/core/parts.py" />
   <source>words of {0}</source>
   <translation>Worte von {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/paths.py" />
   <location filename="../../workbench/history/connect.py" />
   <source>Choose another with --profile DIR or WORKBENCH_PROFILE.</source>
   <translation>Mit --profile ORDNER oder WORKBENCH_PROFILE einen anderen wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/paths.py" />
   <location filename="../../workbench/experiments/suites.py" />
   <source>Reinstall the workbench.</source>
   <translation>Die Workbench neu installieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/paths.py" />
   <source>The bundled folder {0} is missing from this installation.</source>
   <translation>Der mitgelieferte Ordner {0} fehlt in dieser Installation.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/paths.py" />
   <source>The profile folder {0} cannot be written: {1}.</source>
   <translation>Der Profilordner {0} lässt sich nicht schreiben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>A preset's name has 1 to {0} characters.</source>
   <translation>Der Name einer Voreinstellung hat 1 bis {0} Zeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>The presets cannot be written to {0}: {1}.</source>
   <translation>Die Voreinstellungen lassen sich nicht nach {0} schreiben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>There is no preset named {0}.</source>
   <translation>Es gibt keine Voreinstellung namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>balanced</source>
   <translation>ausgewogen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>creative</source>
   <translation>kreativ</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>greedy</source>
   <translation>greedy</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>neutral</source>
   <translation>neutral</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>preset balanced</source>
   <translation>Voreinstellung ausgewogen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>preset creative</source>
   <translation>Voreinstellung kreativ</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>preset greedy</source>
   <translation>Voreinstellung greedy</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>preset neutral</source>
   <translation>Voreinstellung neutral</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>{0} is a bundled preset and stays.</source>
   <translation>{0} ist eine mitgelieferte Voreinstellung und bleibt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/presets.py" />
   <source>{0} is a bundled preset.</source>
   <translation>{0} ist eine mitgelieferte Voreinstellung.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/registry.py" />
   <source>Did you mean {0}?</source>
   <translation>Ist {0} gemeint?</translation>
  </message>
  <message>
   <location filename="../../workbench/core/registry.py" />
   <source>Known names: {0}.</source>
   <translation>Bekannte Namen: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/registry.py" />
   <source>There is no {0} named {1}.</source>
   <translation>Es gibt kein {0} namens {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/registry.py" />
   <source>a {0} named {1} exists already</source>
   <translation>{0} namens {1} gibt es schon</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>Leave it out.</source>
   <translation>Weglassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>Leave it out; `workbench models add-server NAME URL --key-stdin` keeps a key in the system's keyring.</source>
   <translation>Weglassen; `workbench models add-server NAME URL --key-stdin` bewahrt einen Schlüssel im Schlüsselbund des Systems.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>Load the model as a GGUF file on this machine to see it.</source>
   <translation>Das Modell als GGUF-Datei auf diesem Rechner laden, um es zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>Not available from this server: {0} ({1}{2}).</source>
   <translation>Von diesem Server nicht verfügbar: {0} ({1}{2}).</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>The address of a server begins with http:// or https://.</source>
   <translation>Die Adresse eines Servers beginnt mit http:// oder https://.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>The address of the server is not UTF-8.</source>
   <translation>Die Adresse des Servers ist kein UTF-8.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>The address of {0} holds a query (?…).</source>
   <translation>Die Adresse von {0} enthält eine Abfrage (?…).</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>The address of {0} holds a user name or a password.</source>
   <translation>Die Adresse von {0} enthält einen Benutzernamen oder ein Passwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/remote.py" />
   <source>This is no address of a server: {0}.</source>
   <translation>Das ist keine Adresse eines Servers: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>1 sampled token, the same.</source>
   <translation>1 gezogenes Token, dasselbe.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>KV type</source>
   <translation>KV-Typ</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Log-probabilities moved by {0} nats at most.</source>
   <translation>Log-Wahrscheinlichkeiten verschoben sich um höchstens {0} nats.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Nothing that is recorded has changed.</source>
   <translation>Nichts von dem, was aufgezeichnet ist, hat sich geändert.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Something changed all the same: {0}.</source>
   <translation>Etwas hat sich trotzdem geändert: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>The model's numbers are the same to the last bit, and another token was drawn: the stored sampling settings or the seed are not those of this reply.</source>
   <translation>Die Zahlen des Modells sind bis aufs letzte Bit dieselben, und ein anderes Token wurde gezogen: Die gespeicherten Sampling-Einstellungen oder der Seed sind nicht die dieser Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>The prompt is another one now; the tokens that were recorded still get the recorded reply.</source>
   <translation>Der Prompt ist jetzt ein anderer; die aufgezeichneten Token bekommen immer noch die aufgezeichnete Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>The run was made in one batch with others, its replay alone.</source>
   <translation>Der Lauf entstand mit anderen in einem Batch, seine Wiederholung allein.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Their probabilities are the same to the last bit.</source>
   <translation>Ihre Wahrscheinlichkeiten sind bis aufs letzte Bit dieselben.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Up to there every log-probability is the same to the last bit.</source>
   <translation>Bis dahin ist jede Log-Wahrscheinlichkeit bis aufs letzte Bit dieselbe.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Up to there log-probabilities moved by {0} at most (more than rounding).</source>
   <translation>Bis dahin verschoben sich Log-Wahrscheinlichkeiten um höchstens {0} (mehr als Rundung).</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Up to there log-probabilities moved by {0} at most (rounding).</source>
   <translation>Bis dahin verschoben sich Log-Wahrscheinlichkeiten um höchstens {0} (Rundung).</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>Up to there log-probabilities moved by {0} at most.</source>
   <translation>Bis dahin verschoben sich Log-Wahrscheinlichkeiten um höchstens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>adapters</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>backend</source>
   <translation>Backend</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>batch size</source>
   <translation>Batchgröße</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>build</source>
   <translation>Build</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>changed template</source>
   <translation>geänderte Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>changed tokenizer</source>
   <translation>geänderter Tokenizer</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>context length</source>
   <translation>Kontextlänge</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different KV type</source>
   <translation>anderer KV-Typ</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different adapters</source>
   <translation>andere Adapter</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different backend</source>
   <translation>anderes Backend</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different batch size</source>
   <translation>andere Batchgröße</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different build</source>
   <translation>anderer Build</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different context length</source>
   <translation>andere Kontextlänge</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different flash attention</source>
   <translation>andere Flash Attention</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different model file</source>
   <translation>andere Modelldatei</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different sampling</source>
   <translation>anderes Sampling</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>different threads</source>
   <translation>andere Thread-Zahl</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>flash attention</source>
   <translation>Flash Attention</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>model file</source>
   <translation>Modelldatei</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>near-tie noise</source>
   <translation>Rauschen bei Beinahe-Gleichstand</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>template</source>
   <translation>Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>threads</source>
   <translation>Threads</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>token {0}</source>
   <translation>Token {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>tokenizer</source>
   <translation>Tokenizer</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>unexplained difference</source>
   <translation>unerklärter Unterschied</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>{0} nats</source>
   <translation>{0} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>{0} sampled tokens, all the same.</source>
   <translation>{0} gezogene Token, alle dieselben.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/replay.py" />
   <source>{0}: {1} then, {2} now</source>
   <translation>{0}: damals {1}, jetzt {2}</translation>
  </message>
  <message>
   <location filename="../../workbench/core/run.py" />
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/run.py" />
   <source>interrupted</source>
   <translation>unterbrochen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/run.py" />
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Drops tokens that are unlikely beside the likeliest one.</source>
   <translation>Streicht Token, die neben dem wahrscheinlichsten unwahrscheinlich sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Flattens the probabilities above 1, sharpens them below.</source>
   <translation>Flacht die Wahrscheinlichkeiten über 1 ab, schärft sie darunter.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>For fill-in-the-middle: prefers to end where the text after the gap begins.</source>
   <translation>Zum Füllen der Mitte: endet lieber dort, wo der Text nach der Lücke beginnt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Keeps the k likeliest tokens.</source>
   <translation>Behält die k wahrscheinlichsten Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Keeps the tokens whose surprise is nearest to the expected one.</source>
   <translation>Behält die Token, deren Überraschung der erwarteten am nächsten ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Keeps tokens whose logit lies near the best one's.</source>
   <translation>Behält Token, deren Logit nahe am besten liegt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Makes it less likely to go on with a sequence that was said before.</source>
   <translation>Macht es unwahrscheinlicher, eine schon gesagte Folge fortzusetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Makes tokens less likely that were said lately.</source>
   <translation>Macht Token unwahrscheinlicher, die kürzlich gesagt wurden.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Now and then drops the likeliest tokens.</source>
   <translation>Streicht ab und zu die wahrscheinlichsten Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampler_order.py" />
   <source>Prefers tokens near a target probability.</source>
   <translation>Bevorzugt Token nahe einer Zielwahrscheinlichkeit.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>1 or 2 steers towards a target surprise instead of the truncating samplers; 0 is off.</source>
   <translation>1 oder 2 steuert auf eine Ziel-Überraschung hin, statt die abschneidenden Sampler zu verwenden; 0 ist aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>A GBNF grammar with a root rule; only replies that follow it can be sampled.</source>
   <translation>Eine GBNF-Grammatik mit einer Regel root; nur Antworten, die ihr folgen, können gezogen werden.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>A JSON schema, turned into a grammar; only replies that match it can be sampled.</source>
   <translation>Ein JSON-Schema, das in eine Grammatik übersetzt wird; nur passende Antworten können gezogen werden.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Adds to the logits of chosen tokens (by id, or by text that is one token); -inf bans.</source>
   <translation>Addiert auf die Logits gewählter Token (nach ID oder nach Text, der ein Token ist); -inf sperrt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Bans the tokens that end a reply, so that only length and stop strings end it.</source>
   <translation>Sperrt die Token, die eine Antwort beenden; dann enden Antworten nur durch Länge und Stopptexte.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Chance, at each token, to drop all but the least likely token above the XTC threshold.</source>
   <translation>Wahrscheinlichkeit, an jedem Token alle über der XTC-Schwelle außer dem unwahrscheinlichsten zu streichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Divides the logits: below 1 the likely tokens win more often; 0 is greedy.</source>
   <translation>Teilt die Logits: Unter 1 gewinnen die wahrscheinlichen Token öfter; 0 ist greedy.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Divides the positive logits of tokens seen in the window (multiplies negative ones).</source>
   <translation>Teilt positive Logits von Token, die im Fenster vorkamen (negative werden multipliziert).</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Drops tokens less likely than this share of the likeliest one's probability.</source>
   <translation>Streicht Token, die unwahrscheinlicher sind als dieser Anteil des wahrscheinlichsten.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>How entropy maps to temperature inside that range.</source>
   <translation>Wie die Entropie innerhalb dieses Bereichs auf die Temperatur abgebildet wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>How fast mirostat corrects itself.</source>
   <translation>Wie schnell Mirostat nachregelt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>How fast the DRY penalty grows with the length of the repetition.</source>
   <translation>Wie schnell die DRY-Strafe mit der Länge der Wiederholung wächst.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>How long adaptive-p remembers: about 1/(1-decay) tokens.</source>
   <translation>Wie lange sich adaptive-p erinnert: etwa 1/(1-decay) Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>How many of the last tokens DRY searches for repetitions; 0 turns it off.</source>
   <translation>Wie viele der letzten Token DRY nach Wiederholungen durchsucht; 0 schaltet es aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>How many of the last tokens the three penalties look at; 0 turns them off.</source>
   <translation>Wie viele der letzten Token die drei Strafen betrachten; 0 schaltet sie aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Keeps only the k likeliest tokens; 0 keeps all.</source>
   <translation>Behält nur die k wahrscheinlichsten Token; 0 behält alle.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Keeps the likeliest tokens until their probabilities add up to p.</source>
   <translation>Behält die wahrscheinlichsten Token, bis ihre Wahrscheinlichkeiten zusammen p ergeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Keeps the tokens whose surprise is nearest to the expected surprise, up to this mass.</source>
   <translation>Behält die Token, deren Überraschung der erwarteten am nächsten kommt, bis zu dieser Masse.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Keeps tokens whose logit lies within n standard deviations of the best; below 0 is off.</source>
   <translation>Behält Token, deren Logit höchstens n Standardabweichungen unter dem besten liegt; unter 0 ist aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Lets the temperature move by this much either way with the entropy of the moment.</source>
   <translation>Lässt die Temperatur um so viel nach oben und unten mit der momentanen Entropie wandern.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Lowers a token's logit by this much for every time it stands in the window.</source>
   <translation>Senkt das Logit eines Tokens um so viel für jedes Mal, das es im Fenster steht.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Lowers a token's logit by this much once if it stands in the window at all.</source>
   <translation>Senkt das Logit eines Tokens einmal um so viel, wenn es überhaupt im Fenster steht.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Prefers tokens near this probability (with adaptive_p in the order); below 0 is off.</source>
   <translation>Bevorzugt Token nahe dieser Wahrscheinlichkeit (mit adaptive_p in der Reihenfolge); unter 0 ist aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Probability above which XTC counts a token as a top choice; above 0.5 turns XTC off.</source>
   <translation>Wahrscheinlichkeit, ab der XTC ein Token zur Spitze zählt; über 0.5 ist XTC aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Repeated sequences up to this long go unpunished.</source>
   <translation>Wiederholte Folgen bis zu dieser Länge bleiben ungestraft.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Strength of the penalty on tokens that would extend a repeated sequence; 0 is off.</source>
   <translation>Stärke der Strafe auf Token, die eine wiederholte Folge verlängern würden; 0 ist aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Texts across which DRY does not look for repetitions.</source>
   <translation>Texte, über die hinweg DRY nicht nach Wiederholungen sucht.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>The reply ends after this many tokens.</source>
   <translation>Nach so vielen Token endet die Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>The reply ends before the first of these texts.</source>
   <translation>Die Antwort endet vor dem ersten dieser Texte.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>The samplers that run, in this order; one that is left out does nothing.</source>
   <translation>Die Sampler, die laufen, in dieser Reihenfolge; ein ausgelassener tut nichts.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>The surprise that mirostat aims at.</source>
   <translation>Die Überraschung, auf die Mirostat zielt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>There is no decoding parameter named {0}.</source>
   <translation>Es gibt keinen Dekodierparameter namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>Tokens (by id, or by text that is one token) that can never be sampled.</source>
   <translation>Token (nach ID oder nach Text, der ein Token ist), die nie gezogen werden dürfen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>bits</source>
   <translation>Bit</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling.py" />
   <source>σ</source>
   <translation>σ</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>Clear one of them.</source>
   <translation>Einen davon leeren.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>grammar and json_schema cannot both be set.</source>
   <translation>grammar und json_schema können nicht beide gesetzt sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>logit_bias: the bias of {0} must be a number or -inf.</source>
   <translation>logit_bias: Der Bias von {0} muss eine Zahl oder -inf sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>samplers: there is no sampler named {0}.</source>
   <translation>samplers: Es gibt keinen Sampler namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>samplers: {0} is named more than once.</source>
   <translation>samplers: {0} ist mehr als einmal genannt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>seed must be between 0 and {0}, not {1}.</source>
   <translation>seed muss zwischen 0 und {0} liegen, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>{0} must be Unicode text; it holds half a character.</source>
   <translation>{0} muss Unicode-Text sein; es enthält ein halbes Zeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>{0} must be {1}, not {2}.</source>
   <translation>{0} muss {1} sein, nicht {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <source>{0} must not contain a NUL character.</source>
   <translation>{0} darf kein NUL-Zeichen enthalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/sampling_input.py" />
   <location filename="../../workbench/core/settings.py" />
   <source>{0} takes {1}, not {2}.</source>
   <translation>{0} nimmt {1}, nicht {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Appearance</source>
   <translation>Erscheinungsbild</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Begin private</source>
   <translation>Privat beginnen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>CPU threads</source>
   <translation>CPU-Threads</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Colours of the window; “system” follows light, dark and high contrast of the system.</source>
   <translation>Farben des Fensters; „System“ folgt Hell, Dunkel und hohem Kontrast des Systems.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Context</source>
   <translation>Kontext</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Deutsch</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Faster and smaller; the attention view turns it off for itself.</source>
   <translation>Schneller und kleiner; die Attention-Ansicht schaltet es für sich aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Flash attention</source>
   <translation>Flash Attention</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Folders of models</source>
   <translation>Ordner mit Modellen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Folders of prompts</source>
   <translation>Ordner mit Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Go on where I stopped</source>
   <translation>Weitermachen, wo ich aufgehört habe</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Height of the text of replies; prompts, tokens and figures keep their proportion to it.</source>
   <translation>Höhe des Textes von Antworten; Prompts, Token und Zahlen behalten ihr Verhältnis dazu.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>History and privacy</source>
   <translation>Verlauf und Privates</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>KV cache</source>
   <translation>KV-Cache</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Language of the window. Prompts, names of metrics and copied figures stay as they are.</source>
   <translation>Sprache des Fensters. Prompts, Namen von Metriken und kopierte Zahlen bleiben, wie sie sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Layers on the GPU</source>
   <translation>Schichten auf der GPU</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Makes all text, lines and pictures larger or smaller, beyond what the screen asks for.</source>
   <translation>Macht alle Texte, Linien und Bilder größer oder kleiner, über das hinaus, was der Bildschirm verlangt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Map the model file</source>
   <translation>Modelldatei einblenden</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Maps the file into memory instead of reading it; two windows then share one copy.</source>
   <translation>Blendet die Datei in den Speicher ein, statt sie zu lesen; zwei Fenster teilen dann eine Kopie.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Model engine</source>
   <translation>Modell-Engine</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Motion</source>
   <translation>Bewegung</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>New windows keep no runs until “Private” is switched off in the History workspace.</source>
   <translation>Neue Fenster heben keine Läufe auf, bis „Privat“ im Arbeitsbereich „Verlauf“ ausgeschaltet wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Opens the windows, the workspace, the prompt, the run and the token of last time. Unsaved text is kept in any case.</source>
   <translation>Öffnet Fenster, Arbeitsbereich, Prompt, Lauf und Token vom letzten Mal. Ungespeicherter Text bleibt in jedem Fall.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Precision of the cache of keys and values; q8_0 halves its memory and rounds a little.</source>
   <translation>Genauigkeit des Caches der Schlüssel und Werte; q8_0 halbiert seinen Speicher und rundet ein wenig.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Prompt tokens per step</source>
   <translation>Prompt-Token je Schritt</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Reduced stops the blinking of the caret and everything that slides, fades or pulses.</source>
   <translation>„Reduziert“ hält das Blinken der Schreibmarke an und alles, was gleitet, blendet oder pulsiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Searched for GGUF files with all their subfolders, beside the profile's own folder.</source>
   <translation>Mit allen Unterordnern nach GGUF-Dateien durchsucht, neben dem Ordner des Profils.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Shown in the library beside your own prompts; the command line knows them too.</source>
   <translation>In der Bibliothek neben Ihren eigenen Prompts gezeigt; auch die Befehlszeile kennt sie.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Size of model text</source>
   <translation>Größe von Modelltext</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Size of the interface</source>
   <translation>Größe der Oberfläche</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Starting</source>
   <translation>Start</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Threads that compute; more than there are cores makes it slower.</source>
   <translation>Threads, die rechnen; mehr als Kerne macht es langsamer.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Tokens of a prompt that are computed at once; Esc waits for one such step at most.</source>
   <translation>Token eines Prompts, die auf einmal berechnet werden; Esc wartet höchstens einen solchen Schritt.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Tokens that prompt and reply may have together; more costs memory.</source>
   <translation>Token, die Prompt und Antwort zusammen haben dürfen; mehr kostet Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>Where llama.cpp was built with a GPU; 0 computes everything on the CPU.</source>
   <translation>Wo llama.cpp mit GPU gebaut ist; 0 rechnet alles auf der CPU.</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>all of them</source>
   <translation>alle</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>as the system</source>
   <translation>wie das System</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>dark</source>
   <translation>dunkel</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>high contrast, dark</source>
   <translation>hoher Kontrast, dunkel</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>high contrast, light</source>
   <translation>hoher Kontrast, hell</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>light</source>
   <translation>hell</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>one per core</source>
   <translation>einer je Kern</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>px</source>
   <translation>px</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>system</source>
   <translation>System</translation>
  </message>
  <message>
   <location filename="../../workbench/core/settings.py" />
   <source>the model's own, at most 8,192</source>
   <translation>den des Modells, höchstens 8,192</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>call</source>
   <translation>Aufruf</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>choice</source>
   <translation>Auswahl</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>code</source>
   <translation>Code</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>embed</source>
   <translation>Embedding</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>generate</source>
   <translation>Erzeugen</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>pair</source>
   <translation>Paar</translation>
  </message>
  <message>
   <location filename="../../workbench/core/task.py" />
   <source>sequence</source>
   <translation>Sequenz</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>A head would be {0} wide, not a multiple of {1}.</source>
   <translation>Ein Kopf wäre {0} breit, kein Vielfaches von {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>Benchmark models of architecture {0} cannot be made.</source>
   <translation>Benchmark-Modelle der Architektur {0} lassen sich nicht herstellen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>Choose one of {0}.</source>
   <translation>Eines von {0} wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>It needs a folder that can be written and {0} MB in it.</source>
   <translation>Es braucht einen beschreibbaren Ordner und {0} MB darin.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>The benchmark model {0} cannot be written: {1}.</source>
   <translation>Das Benchmark-Modell {0} lässt sich nicht schreiben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>n_vocab is {0}, not between {1} and {2}.</source>
   <translation>n_vocab ist {0}, nicht zwischen {1} und {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>{0} is {1} but must be positive.</source>
   <translation>{0} ist {1}, muss aber positiv sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>{0} is {1}, not a multiple of {2}.</source>
   <translation>{0} ist {1}, kein Vielfaches von {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/bench_model.py" />
   <source>{0} wide, {1} heads and {2} KV heads do not divide one another.</source>
   <translation>{0} breit, {1} Köpfe und {2} KV-Köpfe teilen einander nicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/capture.py" />
   <source>Attention can be shown for causal language models only.</source>
   <translation>Attention lässt sich nur bei kausalen Sprachmodellen zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/capture.py" />
   <source>The columns of this model's attention cannot be matched with tokens: its mask is not that of a text read from left to right.</source>
   <translation>Die Spalten der Attention dieses Modells lassen sich keinen Token zuordnen: Seine Maske ist nicht die eines von links nach rechts gelesenen Textes.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/capture.py" />
   <source>{0} shows no attention matrix in these layers.</source>
   <translation>{0} zeigt in diesen Schichten keine Attention-Matrix.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/capture_shapes.py" />
   <source>Ask for fewer layers or heads, for chosen tokens, or for the mean over the heads.</source>
   <translation>Weniger Schichten oder Köpfe verlangen, gewählte Token oder das Mittel über die Köpfe.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/capture_shapes.py" />
   <source>There is no {0} {1}: {2} has {3} {4}s, from 0 to {5}.</source>
   <translation>Es gibt kein {0} {1}: {2} hat {3} {4}s, von 0 bis {5}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/capture_shapes.py" />
   <source>These attention weights would take {0} MB; {1} MB are allowed.</source>
   <translation>Diese Attention-Gewichte bräuchten {0} MB; {1} MB sind erlaubt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>A reply of {0} tokens, {1} of them given, cannot stand at the end of {2}.</source>
   <translation>Eine Antwort von {0} Token, davon {1} vorgegeben, passt nicht ans Ende von {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>Give each choice as a text of at least one token.</source>
   <translation>Jede Auswahl als Text von mindestens einem Token angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>Shorten the prompt or load the model with a larger n_ctx.</source>
   <translation>Den Prompt kürzen oder das Modell mit größerem n_ctx laden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>The prompt holds token {0}, which this model does not have.</source>
   <translation>Der Prompt enthält Token {0}, das dieses Modell nicht hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>The prompt is empty.</source>
   <translation>Der Prompt ist leer.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>The prompt is {0} tokens long{1} and the context holds {2}{3}.</source>
   <translation>Der Prompt ist {0} Token lang{1}, der Kontext fasst {2}{3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>There must be at least one choice, and none may be empty.</source>
   <translation>Es muss mindestens eine Auswahl geben, und keine darf leer sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>Write something for the model to continue.</source>
   <translation>Etwas schreiben, das das Modell fortsetzen kann.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>n_samples must be between 1 and 1,024, not {0}.</source>
   <translation>n_samples muss zwischen 1 und 1,024 liegen, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/checks.py" />
   <source>seed must leave room for {0} samples below {1}.</source>
   <translation>seed muss Platz für {0} Stichproben unter {1} lassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/child.py" />
   <source>The engine did not stop within {0} s while {1} and was ended.</source>
   <translation>Die Engine hielt nicht innerhalb von {0} s an ({1}) und wurde beendet.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/child.py" />
   <location filename="../../workbench/engine/client.py" />
   <location filename="../../workbench/engine/pool.py" />
   <location filename="../../workbench/engine/remote/life.py" />
   <location filename="../../workbench/engine/replicas.py" />
   <source>The engine was closed.</source>
   <translation>Die Engine wurde geschlossen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/child.py" />
   <source>The engine's process ended {0} while {1}.</source>
   <translation>Der Prozess der Engine endete {0} ({1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/child.py" />
   <source>The next run starts it again.</source>
   <translation>Der nächste Lauf startet ihn neu.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>Ask for fewer --replicas or fewer threads.</source>
   <translation>Weniger --replicas oder weniger Threads verlangen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>Install the same version on all machines.</source>
   <translation>Auf allen Rechnern dieselbe Version installieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>Name its head as HOST:PORT or ray://HOST:PORT, or auto for the one this machine is in.</source>
   <translation>Den Kopfknoten als HOST:PORT oder ray://HOST:PORT nennen, oder auto für den, zu dem dieser Rechner gehört.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>No machine of the cluster had {0} processors{1} free within {2} s.</source>
   <translation>Kein Rechner des Clusters hatte innerhalb von {2} s {0} Prozessoren{1} frei.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>No machine of the cluster has a processor to give.</source>
   <translation>Kein Rechner des Clusters hat einen Prozessor übrig.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>No machine of the cluster has {0} processors.</source>
   <translation>Kein Rechner des Clusters hat {0} Prozessoren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>Ray is not installed.</source>
   <translation>Ray ist nicht installiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>Start its nodes with --num-cpus of at least 1.</source>
   <translation>Seine Knoten mit --num-cpus von mindestens 1 starten.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>The cluster does not answer: {0}</source>
   <translation>Der Cluster antwortet nicht: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>The largest has {0}: set n_threads to that or less.</source>
   <translation>Der größte hat {0}: n_threads darauf oder darunter setzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>The program leaves the cluster.</source>
   <translation>Das Programm verlässt den Cluster.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>There is no Ray cluster at {0}: {1}</source>
   <translation>Unter {0} gibt es keinen Ray-Cluster: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>What is done is kept; go on with --resume when it is back.</source>
   <translation>Was fertig ist, bleibt; mit --resume fortfahren, wenn er wieder da ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>{0} answered nonsense: {1}</source>
   <translation>{0} hat Unsinn geantwortet: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <location filename="../../workbench/engine/gguf.py" />
   <location filename="../../workbench/engine/gguf_texts.py" />
   <location filename="../../workbench/experiments/evaluate/store.py" />
   <location filename="../../workbench/experiments/given_text.py" />
   <location filename="../../workbench/experiments/models.py" />
   <location filename="../../workbench/experiments/sweep_store.py" />
   <location filename="../../workbench/experiments/tasks/tables.py" />
   <location filename="../../workbench/experiments/vote_lines.py" />
   <source>{0} cannot be read: {1}.</source>
   <translation>{0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/cluster.py" />
   <source>{0} has workbench {1}, this machine {2}.</source>
   <translation>{0} hat Workbench {1}, dieser Rechner {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/embed.py" />
   <source>Choose an embedding model.</source>
   <translation>Ein Embedding-Modell wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/embed.py" />
   <source>Shorten it or load the model with a larger n_ctx.</source>
   <translation>Kürzen oder das Modell mit größerem n_ctx laden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/embed.py" />
   <source>Text {0} is empty.</source>
   <translation>Text {0} ist leer.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/embed.py" />
   <source>Text {0} is {1} tokens long and the context holds {2}.</source>
   <translation>Text {0} ist {1} Token lang, der Kontext fasst {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/embed.py" />
   <source>This model ranks pairs of texts; it makes no vectors.</source>
   <translation>Dieses Modell ordnet Textpaare; es macht keine Vektoren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/embed.py" />
   <source>Write something.</source>
   <translation>Etwas schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/fits.py" />
   <source>Choose a smaller quantization, a smaller n_ctx, or a smaller KV type.</source>
   <translation>Eine kleinere Quantisierung, ein kleineres n_ctx oder einen kleineren KV-Typ wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/fits.py" />
   <source>Set n_gpu_layers to {0}, or choose a smaller quantization or n_ctx.</source>
   <translation>n_gpu_layers auf {0} setzen oder eine kleinere Quantisierung oder n_ctx wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/fits.py" />
   <source>{0} needs about {1} of GPU memory with a context of {2} tokens, and {3} of {4} are free.</source>
   <translation>{0} braucht etwa {1} GPU-Speicher mit einem Kontext von {2} Token, und {3} von {4} sind frei.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/fits.py" />
   <source>{0} needs about {1} with a context of {2} tokens, and {3} of {4} are available.</source>
   <translation>{0} braucht etwa {1} mit einem Kontext von {2} Token, und {3} von {4} sind verfügbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>A GGUF file begins with the letters GGUF; this may be another format renamed.</source>
   <translation>Eine GGUF-Datei beginnt mit den Buchstaben GGUF; das hier ist vielleicht ein umbenanntes anderes Format.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>Convert it again with a current llama.cpp.</source>
   <translation>Mit einem aktuellen llama.cpp neu konvertieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>Download every part into the same folder.</source>
   <translation>Alle Teile in denselben Ordner herunterladen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>Download it again.</source>
   <translation>Noch einmal herunterladen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>It may be an adapter or a tokenizer; a model names general.architecture.</source>
   <translation>Vielleicht ist es ein Adapter oder ein Tokenizer; ein Modell nennt general.architecture.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>Name a .gguf file in it.</source>
   <translation>Eine .gguf-Datei darin nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>Open the first part, whose name ends with {0}.</source>
   <translation>Den ersten Teil öffnen, dessen Name auf {0} endet.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>See `workbench models list` for the known ones.</source>
   <translation>`workbench models list` nennt die bekannten.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <location filename="../../workbench/experiments/models.py" />
   <source>There is no model file {0}.</source>
   <translation>Es gibt keine Modelldatei {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} does not say which architecture it has.</source>
   <translation>{0} sagt nicht, welche Architektur es hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} has a damaged header: {1}.</source>
   <translation>{0} hat einen beschädigten Kopf: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} is GGUF version {1}; versions 2 and 3 can be read.</source>
   <translation>{0} ist GGUF-Version {1}; lesbar sind Version 2 und 3.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} is a folder, not a model.</source>
   <translation>{0} ist ein Ordner, kein Modell.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <location filename="../../workbench/experiments/given_text.py" />
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <location filename="../../workbench/experiments/tasks/csv_rows.py" />
   <source>{0} is empty.</source>
   <translation>{0} ist leer.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} is not a GGUF file.</source>
   <translation>{0} ist keine GGUF-Datei.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} is one part of a model split into {1} files.</source>
   <translation>{0} ist ein Teil eines Modells, das auf {1} Dateien verteilt ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} is truncated: its header describes {1} bytes and the file has {2}.</source>
   <translation>{0} ist abgeschnitten: Der Kopf beschreibt {1} Bytes, die Datei hat {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf.py" />
   <source>{0} of {1} parts of this model are missing: {2}{3}.</source>
   <translation>{0} von {1} Teilen dieses Modells fehlen: {2}{3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>adapter</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>control vector</source>
   <translation>Kontrollvektor</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>embedding</source>
   <translation>Embedding</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>importance matrix</source>
   <translation>Wichtigkeitsmatrix</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>projector</source>
   <translation>Projektor</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>reranker</source>
   <translation>Reranker</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>vocabulary</source>
   <translation>Vokabular</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_texts.py" />
   <source>Open it again.</source>
   <translation>Noch einmal öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/gguf_texts.py" />
   <source>{0} changed while it was read.</source>
   <translation>{0} hat sich beim Lesen geändert.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/head_summaries.py" />
   <source>{0} shows no attention matrix in any layer.</source>
   <translation>{0} zeigt in keiner Schicht eine Attention-Matrix.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/inside.py" />
   <location filename="../../workbench/engine/llama.py" />
   <source>start must lie in the text of {0} tokens.</source>
   <translation>start muss im Text von {0} Token liegen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/lens.py" />
   <location filename="../../workbench/engine/native/head.py" />
   <source>Attention and token probabilities work without it.</source>
   <translation>Attention und Token-Wahrscheinlichkeiten gehen auch ohne.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/lens.py" />
   <source>The logit lens cannot be put on {0} models: llama.cpp does not name {1}.</source>
   <translation>Die Logit Lens lässt sich auf {0}-Modelle nicht anwenden: llama.cpp benennt {1} nicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/lens.py" />
   <source>The logit lens cannot be put on {0} models: their residuals have another shape than one row per token.</source>
   <translation>Die Logit Lens lässt sich auf {0}-Modelle nicht anwenden: Ihre Residuen haben eine andere Form als eine Zeile je Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/lens.py" />
   <source>The logit lens refuses this {0} model: what it computes from the last layer has {1} from the model's own logits (allowed: {2}).</source>
   <translation>Die Logit Lens lehnt dieses {0}-Modell ab: Was sie aus der letzten Schicht berechnet, weicht um {1} von den Logits des Modells ab (erlaubt: {2}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/lens.py" />
   <source>The other layers would be wrong in the same way, so nothing is shown.</source>
   <translation>Die anderen Schichten wären ebenso falsch, daher wird nichts gezeigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/llama.py" />
   <source>A fork cannot be made together with other requests.</source>
   <translation>Eine Abzweigung lässt sich nicht zusammen mit anderen Anfragen machen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/llama.py" />
   <source>Generate one first.</source>
   <translation>Zuerst eine generieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/llama.py" />
   <source>Requests that are made together list as many alternatives each.</source>
   <translation>Anfragen, die zusammen gestellt werden, führen gleich viele Alternativen auf.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/llama.py" />
   <source>The reply is empty.</source>
   <translation>Die Antwort ist leer.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>It must be a GGUF adapter made for this model.</source>
   <translation>Es muss ein GGUF-Adapter für dieses Modell sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>The control vector {0} was made for another model: it has a layer {1} of width {2}, this model has {3} layers of width {4}.</source>
   <translation>Der Kontrollvektor {0} ist für ein anderes Modell gemacht: Er hat eine Schicht {1} der Breite {2}, dieses Modell hat {3} Schichten der Breite {4}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>There is no LoRA adapter {0}.</source>
   <translation>Es gibt keinen LoRA-Adapter {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>There is no control vector {0}.</source>
   <translation>Es gibt keinen Kontrollvektor {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>llama.cpp cannot use {0} as a LoRA adapter: {1}.</source>
   <translation>llama.cpp kann {0} nicht als LoRA-Adapter verwenden: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>llama.cpp refuses this control vector for this model.</source>
   <translation>llama.cpp lehnt diesen Kontrollvektor für dieses Modell ab.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>{0} holds no control vector (no tensor named direction.LAYER).</source>
   <translation>{0} enthält keinen Kontrollvektor (keinen Tensor namens direction.LAYER).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/adapters.py" />
   <source>{0} is not a control vector: {1}.</source>
   <translation>{0} ist kein Kontrollvektor: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/chain.py" />
   <source>Name a text that is one token (mind the leading space), or a token id.</source>
   <translation>Einen Text nennen, der ein Token ist (auf das Leerzeichen davor achten), oder eine Token-ID.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/chain.py" />
   <source>Put top_k with at most {0} before it.</source>
   <translation>top_k mit höchstens {0} davor setzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/chain.py" />
   <source>samplers: infill compares its candidates pair by pair, and {0} are too many.</source>
   <translation>samplers: infill vergleicht seine Kandidaten paarweise, und {0} sind zu viele.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/chain.py" />
   <source>samplers: infill needs a model that has an end token, and this has none.</source>
   <translation>samplers: infill braucht ein Modell mit einem Ende-Token, und dieses hat keines.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/chain.py" />
   <source>{0}: there is no token {1}; ids go from 0 to {2}.</source>
   <translation>{0}: Es gibt kein Token {1}; IDs gehen von 0 bis {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/chain.py" />
   <source>{0}: {1} is {2} tokens for this model, not one.</source>
   <translation>{0}: {1} sind für dieses Modell {2} Token, nicht eines.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/context.py" />
   <source>Choose a larger context.</source>
   <translation>Einen größeren Kontext wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/context.py" />
   <source>Choose a smaller context, or the f16 cache.</source>
   <translation>Einen kleineren Kontext oder den f16-Cache wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/context.py" />
   <source>Load the model again; on a GPU, its memory may be exhausted.</source>
   <translation>Das Modell neu laden; auf einer GPU ist vielleicht der Speicher erschöpft.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/context.py" />
   <source>The KV cache of {0} tokens is full.</source>
   <translation>Der KV-Cache von {0} Token ist voll.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/context.py" />
   <source>llama.cpp cannot make a context of {0} tokens with a {1} KV cache for this model.</source>
   <translation>llama.cpp kann für dieses Modell keinen Kontext von {0} Token mit einem {1}-KV-Cache anlegen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/context.py" />
   <source>llama.cpp could not decode this batch (code {0}).</source>
   <translation>llama.cpp konnte diesen Batch nicht dekodieren (Code {0}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>Allow shorter texts and lists (maxLength, maxItems) or split the schema.</source>
   <translation>Kürzere Texte und Listen zulassen (maxLength, maxItems) oder das Schema teilen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>Break the cycle of references, or make one optional.</source>
   <translation>Den Kreis der Verweise unterbrechen oder einen optional machen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>For example {"type": "object"}.</source>
   <translation>Zum Beispiel {"type": "object"}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>It needs a rule named root, and every rule it mentions.</source>
   <translation>Sie braucht eine Regel namens root und jede Regel, die sie erwähnt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>Write long repetitions as {m,n}.</source>
   <translation>Lange Wiederholungen als {m,n} schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>grammar: llama.cpp cannot parse this grammar.</source>
   <translation>grammar: llama.cpp kann diese Grammatik nicht lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema cannot be turned into a grammar: {0}: {1}.</source>
   <translation>json_schema lässt sich nicht in eine Grammatik übersetzen: {0}: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema is nested too deeply.</source>
   <translation>json_schema ist zu tief verschachtelt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema is not valid JSON: {0}.</source>
   <translation>json_schema ist kein gültiges JSON: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema must be a JSON object.</source>
   <translation>json_schema muss ein JSON-Objekt sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema refers to itself without end.</source>
   <translation>json_schema verweist endlos auf sich selbst.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema refers to {0}, which it does not hold.</source>
   <translation>json_schema verweist auf {0}, das es nicht enthält.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema: a property with an empty name cannot be asked for.</source>
   <translation>json_schema: Eine Eigenschaft mit leerem Namen lässt sich nicht verlangen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>json_schema: {0} asks for {1} repetitions; {2} are the most a grammar can hold.</source>
   <translation>json_schema: {0} verlangt {1} Wiederholungen; höchstens {2} kann eine Grammatik fassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>{0}: llama.cpp cannot parse this grammar: {1}.</source>
   <translation>{0}: llama.cpp kann diese Grammatik nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>{0}: this grammar has {1} rules and groups, nested {2} deep; llama.cpp can take {3}, nested {4} deep.</source>
   <translation>{0}: Diese Grammatik hat {1} Regeln und Gruppen, {2} tief verschachtelt; llama.cpp verträgt {3}, {4} tief verschachtelt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/grammar.py" />
   <source>{0}: this grammar is {1} characters long; {2} are the most llama.cpp is given.</source>
   <translation>{0}: Diese Grammatik ist {1} Zeichen lang; llama.cpp bekommt höchstens {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/head.py" />
   <source>Close other models.</source>
   <translation>Andere Modelle schließen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/head.py" />
   <source>The logit lens cannot be put on {0} models: {1}.</source>
   <translation>Die Logit Lens lässt sich auf {0}-Modelle nicht anwenden: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/head.py" />
   <source>The output matrix could not be applied (code {0}).</source>
   <translation>Die Ausgabematrix ließ sich nicht anwenden (Code {0}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/head.py" />
   <source>There is no memory for {0} rows of logits.</source>
   <translation>Für {0} Zeilen Logits reicht der Speicher nicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/model.py" />
   <source>Check that the file is whole and that this build of llama.cpp knows its kind.</source>
   <translation>Prüfen, ob die Datei vollständig ist und dieser Build von llama.cpp ihre Art kennt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/model.py" />
   <source>Choose a code model that was trained to fill in.</source>
   <translation>Ein Code-Modell wählen, das zum Auffüllen trainiert wurde.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/model.py" />
   <source>This model has no fill-in-the-middle tokens.</source>
   <translation>Dieses Modell hat keine Token zum Füllen der Mitte.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/model.py" />
   <source>llama.cpp cannot load {0}: {1}.</source>
   <translation>llama.cpp kann {0} nicht laden: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/tensors.py" />
   <source>Install the llama-cpp-python version that `workbench doctor` names.</source>
   <translation>Die llama-cpp-python-Version installieren, die `workbench doctor` nennt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/tensors.py" />
   <source>This build of llama.cpp has no {0}, which reading its graph needs.</source>
   <translation>Dieser Build von llama.cpp hat kein {0}, das zum Lesen seines Graphen nötig ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/tensors.py" />
   <source>This build of llama.cpp lays out tensors in {0} bytes, not in the {1} that this version of the workbench can read.</source>
   <translation>Dieser Build von llama.cpp legt Tensoren in {0} Bytes ab, nicht in den {1}, die diese Version der Workbench lesen kann.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/tensors.py" />
   <source>{0} does not lie in one piece.</source>
   <translation>{0} liegt nicht in einem Stück.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/native/tensors.py" />
   <source>{0} has type {1}, not a float.</source>
   <translation>{0} hat den Typ {1}, keinen Fließkommatyp.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/node_files.py" />
   <source>Make room there, or put the model at the same path on every machine.</source>
   <translation>Dort Platz schaffen oder das Modell auf jedem Rechner unter denselben Pfad legen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/node_files.py" />
   <source>Try again.</source>
   <translation>Noch einmal versuchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/node_files.py" />
   <source>{0} was damaged on its way.</source>
   <translation>{0} wurde unterwegs beschädigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/pool.py" />
   <source>The model was taken out of memory to load {0}.</source>
   <translation>Das Modell wurde aus dem Speicher genommen, um {0} zu laden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/pool.py" />
   <source>What was said so far is kept; load the model again to go on.</source>
   <translation>Was bisher gesagt ist, bleibt; das Modell neu laden, um fortzufahren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>--key-env takes the name of an environment variable.</source>
   <translation>--key-env nimmt den Namen einer Umgebungsvariablen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>Give it again: workbench models add-server {0} {1} --key-stdin</source>
   <translation>Noch einmal angeben: workbench models add-server {0} {1} --key-stdin</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>Keys need the package keyring, which is not installed.</source>
   <translation>Schlüssel brauchen das Paket keyring, das nicht installiert ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>Put the key into an environment variable and add the server with --key-env {0}; the window can also keep it until it is closed.</source>
   <translation>Den Schlüssel in eine Umgebungsvariable legen und den Server mit --key-env {0} hinzufügen; auch das Fenster kann ihn behalten, bis es geschlossen wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>Run: pip install 'prompt-workbench[remote]', or use --key-env {0}.</source>
   <translation>pip install 'prompt-workbench[remote]' ausführen oder --key-env {0} verwenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>Set that environment variable before you start the workbench.</source>
   <translation>Diese Umgebungsvariable vor dem Start der Workbench setzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>The key of server {0} is missing: {1} is not set.</source>
   <translation>Der Schlüssel des Servers {0} fehlt: {1} ist nicht gesetzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>The system's keyring cannot be used ({0}).</source>
   <translation>Der Schlüsselbund des Systems lässt sich nicht verwenden ({0}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>The system's keyring holds no key for server {0}.</source>
   <translation>Der Schlüsselbund des Systems hat keinen Schlüssel für den Server {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>There is no server named {0}.</source>
   <translation>Es gibt keinen Server namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>Use up to 63 letters, digits, dots, dashes and underscores.</source>
   <translation>Bis zu 63 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche verwenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>{0} is named {1} already, with a key and limits of its own.</source>
   <translation>{0} heißt schon {1}, mit eigenem Schlüssel und eigenen Grenzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>{0} is no name for a server.</source>
   <translation>{0} ist kein Name für einen Server.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>{0}#MODEL means another model there; to change the key, give {1} again or remove it first.</source>
   <translation>{0}#MODELL meint ein anderes Modell dort; um den Schlüssel zu ändern, {1} neu angeben oder zuerst entfernen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/book.py" />
   <source>{0}, for example.</source>
   <translation>Zum Beispiel {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/connection.py" />
   <source>A request for {0} would have gone elsewhere.</source>
   <translation>Eine Anfrage nach {0} wäre woandershin gegangen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/connection.py" />
   <source>Run: pip install 'prompt-workbench[remote]'</source>
   <translation>pip install 'prompt-workbench[remote]' ausführen</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/connection.py" />
   <source>Servers need the package openai, which is not installed.</source>
   <translation>Server brauchen das Paket openai, das nicht installiert ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>Check the address and that the server is running.</source>
   <translation>Die Adresse prüfen, und ob der Server läuft.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>Check the model's name and that the address ends with /v1.</source>
   <translation>Den Namen des Modells prüfen und ob die Adresse auf /v1 endet.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>Give it another with `workbench models add-server`, or in Connect to a server….</source>
   <translation>Mit `workbench models add-server` oder unter „Mit einem Server verbinden…“ einen anderen angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>It may be loading the model or be overloaded; the time limit can be set for each server.</source>
   <translation>Vielleicht lädt er das Modell oder ist überlastet; das Zeitlimit lässt sich für jeden Server einstellen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>It was not followed, so that no key goes astray; connect to that address itself.</source>
   <translation>Ihr wurde nicht gefolgt, damit kein Schlüssel in falsche Hände gerät; mit dieser Adresse selbst verbinden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>Its own log says more; try again.</source>
   <translation>Sein eigenes Protokoll sagt mehr; noch einmal versuchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>Try again later, or set fewer requests per second for this server.</source>
   <translation>Später noch einmal versuchen oder für diesen Server weniger Anfragen pro Sekunde einstellen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>Try again; the server's log says more.</source>
   <translation>Noch einmal versuchen; das Protokoll des Servers sagt mehr.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <location filename="../../workbench/engine/remote/model.py" />
   <source>What was said so far is kept.</source>
   <translation>Was bisher gesagt ist, bleibt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} cannot be reached{1}: {2}.</source>
   <translation>{0} ist nicht erreichbar{1}: {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} does not know what it was asked for (status 404){1}</source>
   <translation>{0} kennt nicht, wonach gefragt wurde (Status 404){1}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} failed{1} (status {2}){3}</source>
   <translation>{0} ist fehlgeschlagen{1} (Status {2}){3}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} refuses the key (status {1}){2}</source>
   <translation>{0} lehnt den Schlüssel ab (Status {1}){2}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} refuses the request (status {1}){2}</source>
   <translation>{0} lehnt die Anfrage ab (Status {1}){2}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} says{1} that it is too busy (status {2}){3}</source>
   <translation>{0} meldet{1}, dass er überlastet ist (Status {2}){3}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} sends on to another address (status {1}{2}).</source>
   <translation>{0} leitet an eine andere Adresse weiter (Status {1}{2}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/failures.py" />
   <source>{0} sent no {1} for {2} s.</source>
   <translation>{0} schickte {2} s lang nichts ({1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>It lists: {0}.</source>
   <translation>Dort steht: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>Load a model there first.</source>
   <translation>Dort zuerst ein Modell laden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>The address usually ends with /v1.</source>
   <translation>Die Adresse endet meist auf /v1.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>What answers at {0} is no OpenAI-compatible server.</source>
   <translation>Was unter {0} antwortet, ist kein OpenAI-kompatibler Server.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>Write {0}#MODEL with one of: {1}.</source>
   <translation>{0}#MODELL schreiben, mit einem von: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>{0} lists no model {1}.</source>
   <translation>{0} nennt kein Modell {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/kinds.py" />
   <source>{0} lists {1} models, and none is named.</source>
   <translation>{0} nennt {1} Modelle, und keines ist gewählt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/life.py" />
   <source>The server's answers make no sense: {0}.</source>
   <translation>Die Antworten des Servers ergeben keinen Sinn: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/lost.py" />
   <source>Give a file in PEM format.</source>
   <translation>Eine Datei im PEM-Format angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/lost.py" />
   <source>The certificates in {0} cannot be read: {1}.</source>
   <translation>Die Zertifikate in {0} lassen sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/model.py" />
   <source>Its figures cannot be put beside these tokens.</source>
   <translation>Seine Zahlen lassen sich nicht neben diese Token stellen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/model.py" />
   <source>{0} cuts this text into {1} tokens, not into {2}.</source>
   <translation>{0} teilt diesen Text in {1} Token, nicht in {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/model.py" />
   <source>{0} ended the stream without saying that the reply is whole.</source>
   <translation>{0} hat den Strom beendet, ohne zu sagen, dass die Antwort vollständig ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/parameters.py" />
   <source>Leave it out, or use a model on this machine.</source>
   <translation>Weglassen oder ein Modell auf diesem Rechner verwenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/parameters.py" />
   <source>Not available from this server: a JSON schema for raw text ({0}).</source>
   <translation>Von diesem Server nicht verfügbar: ein JSON-Schema für rohen Text ({0}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/parameters.py" />
   <source>Not available from this server: {0} ({1}).</source>
   <translation>Von diesem Server nicht verfügbar: {0} ({1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/parameters.py" />
   <source>Write the prompt as messages:, or leave the schema out.</source>
   <translation>Den Prompt mit messages: schreiben oder das Schema weglassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/probe.py" />
   <source>{0} does not answer with {1}.</source>
   <translation>{0} antwortet nicht mit {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/secret.py" />
   <source>Copy it again, without line ends and spaces in it.</source>
   <translation>Noch einmal kopieren, ohne Zeilenenden und Leerzeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/secret.py" />
   <source>This is no key: a key is one word of plain ASCII characters.</source>
   <translation>Das ist kein Schlüssel: Ein Schlüssel ist ein Wort aus ASCII-Zeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/words.py" />
   <source>Open the prompt again and run it.</source>
   <translation>Den Prompt noch einmal öffnen und ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/remote/words.py" />
   <source>These tokens are not known here; the server was not asked for their text.</source>
   <translation>Diese Token sind hier nicht bekannt; der Server wurde nicht nach ihrem Text gefragt.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>Internal error: {0}</source>
   <translation>Interner Fehler: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>It may need more memory than their machines have.</source>
   <translation>Vielleicht braucht es mehr Speicher, als ihre Rechner haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>Load the model on this machine for that.</source>
   <translation>Dafür das Modell auf diesem Rechner laden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>No replica started: {0}</source>
   <translation>Keine Replik startete: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>Please report this.</source>
   <translation>Bitte melden.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>Too many replicas were lost.</source>
   <translation>Zu viele Repliken gingen verloren.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>{0} cannot be read from a cluster.</source>
   <translation>{0} lässt sich von einem Cluster nicht lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>{0} is not used: {1}.</source>
   <translation>{0} wird nicht verwendet: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/replicas.py" />
   <source>{0} replicas were lost while they worked on this.</source>
   <translation>{0} Repliken gingen verloren, während sie daran arbeiteten.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/residuals.py" />
   <source>Layer {0} gives residuals of shape {1}, not one of {2} per token; this model cannot be steered here.</source>
   <translation>Schicht {0} liefert Residuen der Form {1}, nicht eine von {2} je Token; dieses Modell lässt sich hier nicht steuern.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/residuals.py" />
   <source>The {0} model does not name the residual of every layer, so it cannot be steered here.</source>
   <translation>Das {0}-Modell benennt nicht das Residuum jeder Schicht, daher lässt es sich hier nicht steuern.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/shared.py" />
   <source>Ask for fewer layers or heads, or close other programs.</source>
   <translation>Weniger Schichten oder Köpfe verlangen oder andere Programme schließen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/shared.py" />
   <source>There is no room for {0} MB of captured values: {1}.</source>
   <translation>Für {0} MB aufgezeichneter Werte ist kein Platz: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/steering.py" />
   <source>The strength must be a number, not {0}.</source>
   <translation>Die Stärke muss eine Zahl sein, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/stream.py" />
   <source>Fork at an earlier token, choose another one, or take the grammar away.</source>
   <translation>Bei einem früheren Token abzweigen, ein anderes wählen oder die Grammatik wegnehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/stream.py" />
   <source>The reply so far does not follow the grammar: {0} may not stand there.</source>
   <translation>Die Antwort bis hier folgt der Grammatik nicht: {0} darf dort nicht stehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/words.py" />
   <source>Only the vocabulary is loaded here, and {0} needs the weights.</source>
   <translation>Hier ist nur das Vokabular geladen, und {0} braucht die Gewichte.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/worker.py" />
   <source>Run `workbench doctor`; it names the line that reinstalls it.</source>
   <translation>`workbench doctor` ausführen; es nennt die Zeile, die es neu installiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/engine/worker.py" />
   <source>llama-cpp-python cannot be loaded: {0}.</source>
   <translation>llama-cpp-python lässt sich nicht laden: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/arena.py" />
   <source>The reply {0} of run {1} is not there any more.</source>
   <translation>Die Antwort {0} des Laufs {1} ist nicht mehr da.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bench/evaluate.py" />
   <source>eval_choice: item {0} has another likeliest answer alone.</source>
   <translation>eval_choice: Item {0} hat allein eine andere wahrscheinlichste Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bench/run.py" />
   <source>A process of the benchmark ended without a token.</source>
   <translation>Ein Prozess des Benchmarks endete ohne Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bench/run.py" />
   <source>{0} cannot be made: {1}.</source>
   <translation>{0} lässt sich nicht herstellen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bench/run.py" />
   <source>{0}: the bare loop sampled other tokens for the same seed.</source>
   <translation>{0}: Die nackte Schleife zog für denselben Seed andere Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bench/sweep.py" />
   <source>sweep_batched: the sweep did not make every reply.</source>
   <translation>sweep_batched: Der Sweep hat nicht jede Antwort erzeugt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bradley_terry.py" />
   <source>Strengths cannot be told: some competitors never lost to the others, or never met them.</source>
   <translation>Stärken lassen sich nicht bestimmen: Manche Teilnehmer haben nie gegen die anderen verloren oder sie nie getroffen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/bradley_terry.py" />
   <source>Use a prior, or let them meet.</source>
   <translation>Einen Prior verwenden oder sie aufeinandertreffen lassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Its content has changed since; run the prompt again instead of forking.</source>
   <translation>Der Inhalt hat sich seitdem geändert; den Prompt neu ausführen, statt abzuzweigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Load the model with the same ones to fork it.</source>
   <translation>Zum Abzweigen das Modell mit denselben laden.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Load {0} to fork it: its tokens mean something else to another model.</source>
   <translation>Zum Abzweigen {0} laden: Für ein anderes Modell bedeuten die Token etwas anderes.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Put the file back to fork this run, or run the prompt again on another model.</source>
   <translation>Die Datei zurücklegen, um diesen Lauf abzuzweigen, oder den Prompt auf einem anderen Modell ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Run the prompt again.</source>
   <translation>Den Prompt noch einmal ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <location filename="../../workbench/experiments/run_export.py" />
   <source>Run {0} has not ended yet.</source>
   <translation>Lauf {0} ist noch nicht zu Ende.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Run {0} has {1}; there is no sample {2}.</source>
   <translation>Lauf {0} hat {1}; es gibt keine Stichprobe {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Samples count from 0.</source>
   <translation>Stichproben zählen ab 0.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>The model that made this reply is gone: {0}.</source>
   <translation>Das Modell, das diese Antwort erzeugt hat, ist weg: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>The tokens of this run's prompt cannot be read, so it cannot be forked.</source>
   <translation>Die Token des Prompts dieses Laufs lassen sich nicht lesen, daher lässt er sich nicht abzweigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>This reply has {0}; it cannot be forked behind {1}.</source>
   <translation>Diese Antwort hat {0}; hinter {1} lässt sie sich nicht abzweigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>This reply was made by {0}, and {1} is loaded.</source>
   <translation>Diese Antwort stammt von {0}, geladen ist {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>This reply was made with other LoRA adapters or control vectors than are loaded now.</source>
   <translation>Diese Antwort entstand mit anderen LoRA-Adaptern oder Kontrollvektoren, als jetzt geladen sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>Wait for its end, or stop it, to fork it.</source>
   <translation>Zum Abzweigen das Ende abwarten oder anhalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/branches.py" />
   <source>{0} is not the file any more that made this reply.</source>
   <translation>{0} ist nicht mehr die Datei, die diese Antwort erzeugt hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_diff.py" />
   <source>Run it, or choose another text.</source>
   <translation>Ausführen oder einen anderen Text wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_diff.py" />
   <source>That column has no such reply.</source>
   <translation>Diese Spalte hat keine solche Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>1 token</source>
   <translation>1 Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>decode</source>
   <translation>Dekodieren</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>first token</source>
   <translation>erstes Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>perplexity</source>
   <translation>Perplexität</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>prefill</source>
   <translation>Prefill</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>score</source>
   <translation>Score</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>{0} characters, ended by {1}</source>
   <translation>{0} Zeichen, beendet durch {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>{0} chars</source>
   <translation>{0} Zeichen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>{0} replies in one batch, together</source>
   <translation>{0} Antworten in einem Batch, zusammen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <location filename="../../workbench/experiments/replay_setup.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>{0} tokens</source>
   <translation>{0} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>{0} tokens were read, {1} stood in the cache</source>
   <translation>{0} Token gelesen, {1} standen im Cache</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_plan.py" />
   <source>Add a column, or name a model with -m.</source>
   <translation>Eine Spalte hinzufügen oder mit -m ein Modell nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_plan.py" />
   <source>There is nothing to compare.</source>
   <translation>Es gibt nichts zu vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_prompts.py" />
   <source>The prompt {0} has no version {1}.</source>
   <translation>Der Prompt {0} hat keine Version {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_stored.py" />
   <source>Run the column again.</source>
   <translation>Die Spalte noch einmal ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/compare_stored.py" />
   <source>The run of this column {0}.</source>
   <translation>Der Lauf dieser Spalte {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>KL, largest</source>
   <translation>KL, größte</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>KL, {0} % are below</source>
   <translation>KL, {0} % sind darunter</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>bits in all</source>
   <translation>Bits insgesamt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>bits {0}</source>
   <translation>Bit {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>bits/byte {0}</source>
   <translation>Bits/Byte {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>bytes</source>
   <translation>Byte</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>cheaper for</source>
   <translation>günstiger für</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>first divergence</source>
   <translation>erste Abweichung</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>flips</source>
   <translation>Kippstellen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>likeliest {0}</source>
   <translation>wahrscheinlichstes {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>logprob {0}</source>
   <translation>logprob {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>mean JS</source>
   <translation>mittlere JS</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>mean total variation</source>
   <translation>mittlere Totalvariation</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>preferred by</source>
   <translation>bevorzugt von</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>same top-1</source>
   <translation>gleiches Top-1</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>{0} of {1} tokens</source>
   <translation>{0} von {1} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>How many bits per byte a word cost less on one side: plus is the first column.</source>
   <translation>Wie viele Bit pro Byte ein Wort auf einer Seite weniger kostete: Plus ist die erste Spalte.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>How much likelier the token that stands there is on one side: plus is the first column.</source>
   <translation>Wie viel wahrscheinlicher das Token, das dort steht, auf einer Seite ist: Plus ist die erste Spalte.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>JS</source>
   <translation>JS</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>Jensen-Shannon divergence of both distributions; the same both ways, at most 0.693.</source>
   <translation>Jensen-Shannon-Divergenz beider Verteilungen; in beide Richtungen dieselbe, höchstens 0.693.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>KL</source>
   <translation>KL</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>KL back</source>
   <translation>KL zurück</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>KL divergence from the first column's distribution of the next token to the second's.</source>
   <translation>KL-Divergenz von der Verteilung des nächsten Tokens der ersten Spalte zu der der zweiten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>KL divergence the other way: from the second column's distribution to the first's.</source>
   <translation>KL-Divergenz andersherum: von der Verteilung der zweiten Spalte zu der der ersten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>TV</source>
   <translation>TV</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>Total variation: how much probability lies elsewhere, from 0 to 1.</source>
   <translation>Totalvariation: wie viel Wahrscheinlichkeit anderswo liegt, von 0 bis 1.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>Which side finds the token that stands there likelier: plus is the first column.</source>
   <translation>Welche Seite das Token, das dort steht, wahrscheinlicher findet: Plus ist die erste Spalte.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>log ratio</source>
   <translation>Log-Verhältnis</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/diff_shades.py" />
   <source>preferred</source>
   <translation>bevorzugt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/drafts.py" />
   <source>Allow access to the folder, or choose another with --profile DIR.</source>
   <translation>Zugriff auf den Ordner erlauben oder mit --profile ORDNER einen anderen wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/drafts.py" />
   <source>Save the prompt itself; until then a crash would lose its edits.</source>
   <translation>Den Prompt selbst speichern; bis dahin gingen seine Änderungen bei einem Absturz verloren.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/drafts.py" />
   <source>The edited prompt has {0} bytes; a draft may have {1}.</source>
   <translation>Der bearbeitete Prompt hat {0} Bytes; ein Entwurf darf {1} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/drafts.py" />
   <source>Unsaved edits cannot be {0} in {1}: {2}.</source>
   <translation>Ungespeicherte Änderungen können nicht {0} werden in {1}: {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/ask_plan.py" />
   <source>Write NAME or NAME(argument=value).</source>
   <translation>NAME oder NAME(argument=wert) schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/ask_plan.py" />
   <source>{0} in {1} is no argument=value.</source>
   <translation>{0} in {1} ist kein argument=wert.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/ask_plan.py" />
   <source>{0} names no metric.</source>
   <translation>{0} nennt keine Metrik.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/asker.py" />
   <source>Item {0} has no prefix and suffix to fill in between.</source>
   <translation>Item {0} hat kein prefix und suffix, zwischen denen zu füllen wäre.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/asker.py" />
   <source>Leave --infill out, or add the columns prefix and suffix.</source>
   <translation>--infill weglassen oder die Spalten prefix und suffix hinzufügen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/asker.py" />
   <source>Nothing stands in front of the answers, so nothing predicts their first token.</source>
   <translation>Vor den Antworten steht nichts, also sagt nichts ihr erstes Token voraus.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/asker.py" />
   <source>This model has no BOS; give the items a prompt.</source>
   <translation>Dieses Modell hat kein BOS; den Items einen Prompt geben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/code.py" />
   <source>Allow it with --run-code.</source>
   <translation>Mit --run-code erlauben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/generate.py" />
   <source>The seed {0} leaves no room for {1} samples.</source>
   <translation>Der Seed {0} lässt keinen Platz für {1} Stichproben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/grading.py" />
   <source>A prompt that grades replies has the variables question and answer.</source>
   <translation>Ein Prompt, der Antworten benotet, hat die Variablen question und answer.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/grading.py" />
   <location filename="../../workbench/experiments/judge.py" />
   <source>The prompt {0} declares no variable {1}.</source>
   <translation>Der Prompt {0} erklärt keine Variable {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/items.py" />
   <source>All items of {0} are used as examples.</source>
   <translation>Alle Items von {0} dienen als Beispiele.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/items.py" />
   <source>Ask for fewer, or mark more rows with split: dev.</source>
   <translation>Weniger verlangen oder mehr Zeilen mit split: dev kennzeichnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/items.py" />
   <source>Ask for fewer.</source>
   <translation>Weniger verlangen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/items.py" />
   <source>{0} has {1} examples, and {2} are wanted.</source>
   <translation>{0} hat {1} Beispiele, verlangt sind {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>A model is named twice.</source>
   <translation>Ein Modell ist zweimal genannt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>An evaluation needs a model.</source>
   <translation>Eine Auswertung braucht ein Modell.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>Name one with -m.</source>
   <translation>Mit -m eines nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>Set a limit on the items.</source>
   <translation>Die Zahl der Items begrenzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>That would be {0} runs; {1} are possible.</source>
   <translation>Das wären {0} Läufe; möglich sind {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>Two settings are the same.</source>
   <translation>Zwei Einstellungen sind gleich.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/plan.py" />
   <source>few_shot must be 0 or more, not {0}.</source>
   <translation>few_shot muss 0 oder mehr sein, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>Add {% for example in examples %}…{% endfor %}, or leave --few-shot out.</source>
   <translation>{% for example in examples %}…{% endfor %} hinzufügen oder --few-shot weglassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>Give it a default, or rename a column.</source>
   <translation>Einen Standardwert geben oder eine Spalte umbenennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>Name a prompt that they fill with -p.</source>
   <translation>Mit -p einen Prompt nennen, den sie füllen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>The example {0} has no right answer.</source>
   <translation>Das Beispiel {0} hat keine richtige Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>The items have no question (item {0} has the columns: {1}).</source>
   <translation>Die Items haben keine Frage (Item {0} hat die Spalten: {1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>The prompt {0} has the variable {1}, which the task does not have (item {2} has: {3}).</source>
   <translation>Der Prompt {0} hat die Variable {1}, die der Aufgabe fehlt (Item {2} hat: {3}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/prompts.py" />
   <source>The prompt {0} shows no examples, and {1} are wanted.</source>
   <translation>Der Prompt {0} zeigt keine Beispiele, verlangt sind {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/recorder.py" />
   <source>Begin a new evaluation.</source>
   <translation>Eine neue Auswertung beginnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/recorder.py" />
   <source>{0} was planned with {1} items, and there are {2} now.</source>
   <translation>{0} war mit {1} Items geplant, jetzt sind es {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/scoring.py" />
   <source>Rename the file.</source>
   <translation>Die Datei umbenennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/scoring.py" />
   <source>There is no metric {0}.</source>
   <translation>Es gibt keine Metrik {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/scoring.py" />
   <source>{0} is a built-in metric.</source>
   <translation>{0} ist eine eingebaute Metrik.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/store.py" />
   <source>Put the old file back, or begin a new evaluation.</source>
   <translation>Die alte Datei zurücklegen oder eine neue Auswertung beginnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/store.py" />
   <source>The result of item {0} cannot be read: {1}.</source>
   <translation>Das Ergebnis des Items {0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/store.py" />
   <location filename="../../workbench/experiments/sweep_store.py" />
   <source>{0} cannot go on: {1}</source>
   <translation>{0} kann nicht fortfahren: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/evaluate/store.py" />
   <source>{0} was changed since the evaluation began.</source>
   <translation>{0} wurde seit Beginn der Auswertung geändert.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/export_prompt.py" />
   <source>Choose one first.</source>
   <translation>Zuerst eines wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/export_prompt.py" />
   <source>{0} needs a model.</source>
   <translation>{0} braucht ein Modell.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/finder/values.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/finder/values.py" />
   <source>messages</source>
   <translation>Nachrichten</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/finder/values.py" />
   <source>system prompt</source>
   <translation>System-Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/form_values.py" />
   <source>Keep a copy of them in a file of your own.</source>
   <translation>Eine Kopie davon in einer eigenen Datei aufheben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/form_values.py" />
   <source>The values of the variables have {0} characters; {1} are kept over a restart.</source>
   <translation>Die Werte der Variablen haben {0} Zeichen; {1} überdauern einen Neustart.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/fresh_pairs.py" />
   <source>Add a model or other settings in Columns; another seed is no other competitor.</source>
   <translation>In „Spalten“ ein Modell oder andere Einstellungen hinzufügen; ein anderer Seed ist kein anderer Teilnehmer.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/fresh_pairs.py" />
   <source>Compare versions of one prompt, or prompts with the same variables.</source>
   <translation>Versionen eines Prompts vergleichen oder Prompts mit denselben Variablen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/fresh_pairs.py" />
   <source>Private runs are not recorded, so nobody can vote on them.</source>
   <translation>Private Läufe werden nicht aufgezeichnet, daher kann niemand über sie abstimmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/fresh_pairs.py" />
   <source>The prompts of the columns have different variables.</source>
   <translation>Die Prompts der Spalten haben verschiedene Variablen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/fresh_pairs.py" />
   <source>There are not two different columns to compare.</source>
   <translation>Es gibt keine zwei verschiedenen Spalten zum Vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/fresh_pairs.py" />
   <source>Votes need runs that stand in the history.</source>
   <translation>Stimmen brauchen Läufe, die im Verlauf stehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/given_text.py" />
   <source>Choose a file with text in it.</source>
   <translation>Eine Datei mit Text darin wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/given_text.py" />
   <source>Cut out the part that matters.</source>
   <translation>Den wichtigen Teil ausschneiden.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/given_text.py" />
   <source>Save it as UTF-8 first.</source>
   <translation>Zuerst als UTF-8 speichern.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/given_text.py" />
   <source>{0} has {1} bytes; at most {2} can be compared.</source>
   <translation>{0} hat {1} Bytes; höchstens {2} lassen sich vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/given_text.py" />
   <source>{0} is no text in UTF-8: byte {1} is none of it.</source>
   <translation>{0} ist kein Text in UTF-8: Byte {1} passt nicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/import_prompt.py" />
   <source>Copy it beside the file.</source>
   <translation>Neben die Datei kopieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/import_prompt.py" />
   <source>{0} asks for {1}, which lies outside of its folder.</source>
   <translation>{0} verlangt {1}, das außerhalb seines Ordners liegt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/import_prompt.py" />
   <source>{0} asks for {1}, which no file can be called.</source>
   <translation>{0} verlangt {1}, wie keine Datei heißen kann.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/import_prompt.py" />
   <source>{0} holds no message and no text.</source>
   <translation>{0} enthält keine Nachricht und keinen Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/import_prompt.py" />
   <source>{0} makes no valid prompt: {1}</source>
   <translation>{0} ergibt keinen gültigen Prompt: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/influence.py" />
   <source>Generate one, or give a continuation.</source>
   <translation>Eine generieren oder eine Fortsetzung angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/influence.py" />
   <source>The prompt is empty, so no part of it can have mattered.</source>
   <translation>Der Prompt ist leer, also kann kein Teil davon gezählt haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/influence.py" />
   <source>There is no reply to explain.</source>
   <translation>Es gibt keine Antwort zu erklären.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/judge.py" />
   <source>A judge's prompt has the variables {0}.</source>
   <translation>Der Prompt eines Richters hat die Variablen {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/leaderboard.py" />
   <source>No vote has the tag {0}.</source>
   <translation>Keine Stimme hat den Tag {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/leaderboard.py" />
   <source>Nobody called {0} has voted.</source>
   <translation>Niemand namens {0} hat abgestimmt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/lm_eval_samples.py" />
   <location filename="../../workbench/experiments/steering.py" />
   <source>Choose another folder.</source>
   <translation>Einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/lm_eval_samples.py" />
   <source>Export its runs instead.</source>
   <translation>Stattdessen seine Läufe exportieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/lm_eval_samples.py" />
   <source>lm-evaluation-harness has no samples of vectors.</source>
   <translation>lm-evaluation-harness kennt keine Stichproben von Vektoren.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/microscope.py" />
   <source>Choose it in the top bar to look at its samplers.</source>
   <translation>Oben in der Leiste wählen, um seine Sampler zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/microscope.py" />
   <source>Its logits cannot be computed again; run the prompt again.</source>
   <translation>Die Logits lassen sich nicht neu berechnen; den Prompt noch einmal ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/microscope.py" />
   <source>The file of {0} is not the one that made this run.</source>
   <translation>Die Datei von {0} ist nicht die, die diesen Lauf gemacht hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/microscope.py" />
   <source>{0}, which made this run, is not loaded{1}.</source>
   <translation>{0}, das diesen Lauf gemacht hat, ist nicht geladen{1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>1 number</source>
   <translation>1 Zahl</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>1 text</source>
   <translation>1 Text</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>type {0}</source>
   <translation>Typ {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>user defined</source>
   <translation>benutzerdefiniert</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>yes or no</source>
   <translation>ja oder nein</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>{0} numbers</source>
   <translation>{0} Zahlen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>{0} texts</source>
   <translation>{0} Texte</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>{0}: {1} tensors, {2} weights</source>
   <translation>{0}: {1} Tensoren, {2} Gewichte</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_card.py" />
   <source>… and {0} more</source>
   <translation>… und {0} weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source> from {0} tokens</source>
   <translation> von {0} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source> in {0} files</source>
   <translation> in {0} Dateien</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>1 line</source>
   <translation>1 Zeile</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>PLaMo 2</source>
   <translation>PLaMo 2</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>Reading and writing</source>
   <translation>Lesen und Schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>SentencePiece with bytes (llama)</source>
   <translation>SentencePiece mit Bytes (llama)</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>Shape</source>
   <translation>Form</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>Unigram (t5)</source>
   <translation>Unigram (t5)</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>Who made it</source>
   <translation>Wer es gemacht hat</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>WordPiece (bert)</source>
   <translation>WordPiece (bert)</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>a tokenizer without weights: no prompt runs on it</source>
   <translation>ein Tokenizer ohne Gewichte: Darauf läuft kein Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>architecture</source>
   <translation>Architektur</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>as the file says; nobody has checked it</source>
   <translation>wie die Datei sagt; niemand hat es geprüft</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>attention heads</source>
   <translation>Attention-Köpfe</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>author</source>
   <translation>Autor</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>base {0}</source>
   <translation>Basis {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>byte-level BPE (gpt2)</source>
   <translation>BPE auf Bytes (gpt2)</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>changes another model (LoRA): no prompt runs on it alone</source>
   <translation>ändert ein anderes Modell (LoRA): Allein läuft darauf kein Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>description</source>
   <translation>Beschreibung</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>elements of the state of each token</source>
   <translation>Elemente des Zustands jedes Tokens</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>feed-forward</source>
   <translation>Feed-Forward</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>fine-tune</source>
   <translation>Feintuning</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>how positions are written</source>
   <translation>wie Positionen geschrieben werden</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>languages</source>
   <translation>Sprachen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>layers</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>made from</source>
   <translation>gemacht aus</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>made to quantise by: no prompt runs on it</source>
   <translation>zum Quantisieren gemacht: Darauf läuft kein Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>makes vectors of texts and writes none: no prompt runs on it</source>
   <translation>macht aus Texten Vektoren und schreibt keine: Darauf läuft kein Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>merges</source>
   <translation>Merges</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>none: it completes texts</source>
   <translation>keine: Es setzt Texte fort</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>organization</source>
   <translation>Organisation</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>quantization</source>
   <translation>Quantisierung</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>quantized by</source>
   <translation>quantisiert von</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>rope</source>
   <translation>RoPE</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>sliding window</source>
   <translation>gleitendes Fenster</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>steers another model: no prompt runs on it alone</source>
   <translation>steuert ein anderes Modell: Allein läuft darauf kein Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>stretched by {0}{1}{2}</source>
   <translation>gestreckt durch {0}{1}{2}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>the eyes or ears of another model: open that one</source>
   <translation>die Augen oder Ohren eines anderen Modells: jenes öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>weighs texts against each other and writes none: no prompt runs on it</source>
   <translation>wägt Texte gegeneinander ab und schreibt keine: Darauf läuft kein Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>what it was trained to read</source>
   <translation>was es im Training zu lesen gelernt hat</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>{0} bits per weight, metadata included</source>
   <translation>{0} Bits je Gewicht, Metadaten eingeschlossen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>{0} bytes</source>
   <translation>{0} Byte</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>{0} dimensions</source>
   <translation>{0} Dimensionen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>{0} lines</source>
   <translation>{0} Zeilen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>{0} of {1} experts for each token</source>
   <translation>{0} von {1} Experten für jedes Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>{0}, split as {1}</source>
   <translation>{0}, geteilt wie {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>{0}, {1} of keys and values</source>
   <translation>{0}, davon {1} für Keys und Values</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>It fits with all it was trained for, {0} tokens.</source>
   <translation>Es passt mit allem, wofür es trainiert wurde: {0} Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>It runs from the disk, or with fewer layers on the GPU, and slowly.</source>
   <translation>Es läuft von der Platte oder mit weniger Schichten auf der GPU, und langsam.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>Not even {0} tokens fit into what is free now.</source>
   <translation>Nicht einmal {0} Token passen in das, was jetzt frei ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>The longest context that fits is {0} tokens.</source>
   <translation>Der längste Kontext, der passt, hat {0} Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>The system does not tell what is free.</source>
   <translation>Das System sagt nicht, was frei ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>With a context of {0} tokens it needs about {1} of memory ({2} are free) and {3} on the GPU ({4} are free).</source>
   <translation>Mit einem Kontext von {0} Token braucht es etwa {1} Speicher ({2} sind frei) und {3} auf der GPU ({4} sind frei).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>With a context of {0} tokens it needs about {1} of memory ({2} are free).</source>
   <translation>Mit einem Kontext von {0} Token braucht es etwa {1} Speicher ({2} sind frei).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>fits up to {0} tokens</source>
   <translation>passt bis {0} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>tight</source>
   <translation>knapp</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/models.py" />
   <source>See `workbench models find`.</source>
   <translation>Siehe `workbench models find`.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/models.py" />
   <source>The model's hash was not computed: the program is closing.</source>
   <translation>Die Prüfsumme des Modells wurde nicht berechnet: Das Programm wird geschlossen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/models.py" />
   <source>There is no model named {0}.</source>
   <translation>Es gibt kein Modell namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>All models have the same size.</source>
   <translation>Alle Modelle sind gleich groß.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>Larger models do better here.</source>
   <translation>Größere Modelle sind hier besser.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>Larger models do worse here: inverse scaling.</source>
   <translation>Größere Modelle sind hier schlechter: umgekehrte Skalierung.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>No item was scored for every model.</source>
   <translation>Kein Item wurde für jedes Modell bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>No trend with size that these items can tell from noise.</source>
   <translation>Kein Trend mit der Größe, den diese Items von Rauschen unterscheiden können.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>The value falls with size.</source>
   <translation>Der Wert fällt mit der Größe.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>The value grows with size.</source>
   <translation>Der Wert wächst mit der Größe.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>Two sizes make no curve.</source>
   <translation>Zwei Größen machen keine Kurve.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>a size is not above 0</source>
   <translation>eine Größe ist nicht über 0</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/plot_data/size_trend.py" />
   <source>each model needs a size and scores of the same items</source>
   <translation>jedes Modell braucht eine Größe und Bewertungen derselben Items</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/preference_pairs.py" />
   <source>There is no pair to write. {0}</source>
   <translation>Es gibt kein Paar zu schreiben. {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/preference_pairs.py" />
   <source>Vote in the arena (Compare, Ctrl+Shift+A), or with `workbench vote give`.</source>
   <translation>In der Arena abstimmen (Vergleichen, Strg+Umschalt+A) oder mit `workbench vote give`.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>0.5 is usual.</source>
   <translation>0.5 ist üblich.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>All {0} decisions are a judge's on replies of its own model.</source>
   <translation>Alle {0} Entscheidungen traf ein Richter über Antworten seines eigenen Modells.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>All {0} decisions say that both are bad.</source>
   <translation>Alle {0} Entscheidungen sagen, dass beide schlecht sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>Count them as ties.</source>
   <translation>Sie als Gleichstand zählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>Count them as well, or rank by all.</source>
   <translation>Sie mitzählen oder nach allem ordnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>In all {0} decisions a {1} met itself: there is only one.</source>
   <translation>In allen {0} Entscheidungen traf ein {1} auf sich selbst: Es gibt nur einen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>In all {0} decisions something else than the {1} differs too.</source>
   <translation>In allen {0} Entscheidungen unterscheidet sich auch anderes als {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>Let another model judge.</source>
   <translation>Ein anderes Modell urteilen lassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>Rank by something that differs, or vote on replies of others.</source>
   <translation>Nach etwas ordnen, das sich unterscheidet, oder über Antworten anderer abstimmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>The prior must be more than 0.</source>
   <translation>Der Prior muss größer als 0 sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>There are no votes yet.</source>
   <translation>Es gibt noch keine Stimmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>There is no competitor {0}.</source>
   <translation>Es gibt keinen Teilnehmer {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>Vote in the arena, or let a model judge.</source>
   <translation>In der Arena abstimmen oder ein Modell urteilen lassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking.py" />
   <source>{0} groups never met, directly or through others, so nothing can rank them together: {1}.</source>
   <translation>{0} Gruppen trafen nie aufeinander, weder direkt noch über andere; nichts kann sie gemeinsam ordnen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>All items say the same, so resampling them shows no spread; the intervals rest on the curvature of the likelihood.</source>
   <translation>Alle Items sagen dasselbe, also zeigt Resampling keine Streuung; die Intervalle beruhen auf der Krümmung der Likelihood.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>All votes are about one item: no interval can be told.</source>
   <translation>Alle Stimmen gelten einem einzigen Item: Ein Intervall lässt sich nicht angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Every vote between {0} and the others went one way: how far they are apart rests on the prior, and the intervals on the curvature of the likelihood.</source>
   <translation>Jede Stimme zwischen {0} und den anderen ging in eine Richtung: Wie weit sie auseinanderliegen, beruht auf dem Prior, und die Intervalle auf der Krümmung der Likelihood.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>In {0} of {1} decisions something else than the {2} differs too.</source>
   <translation>In {0} von {1} Entscheidungen unterscheidet sich auch anderes als {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Left out because a judge read replies of its own model</source>
   <translation>Ausgelassen, weil ein Richter Antworten seines eigenen Modells las</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Left out because a {0} met itself</source>
   <translation>Ausgelassen, weil ein {0} auf sich selbst traf</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Left out because something else differs too</source>
   <translation>Ausgelassen, weil sich noch etwas anderes unterscheidet</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Not blind, the names had been shown before</source>
   <translation>Nicht blind, die Namen waren vorher zu sehen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Only {0} items: the intervals are rough below {1}.</source>
   <translation>Nur {0} Items: Unter {1} sind die Intervalle grob.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>Resampling so few shows too little spread; the intervals rest on the curvature of the likelihood.</source>
   <translation>Resampling so weniger zeigt zu wenig Streuung; die Intervalle beruhen auf der Krümmung der Likelihood.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>The reply shown {0} won {1} of {2} decided votes (p = {3}): the order matters to this voter.</source>
   <translation>Die Antwort, die {0} gezeigt wurde, gewann {1} von {2} entschiedenen Stimmen (p = {3}): Für diesen Abstimmenden zählt die Reihenfolge.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>{0} of {1} pairings judged in both orders changed with the order ({2}).</source>
   <translation>{0} von {1} in beiden Reihenfolgen beurteilten Paarungen kippten mit der Reihenfolge ({2}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/ranking_remarks.py" />
   <source>{0}: {1} of the decisions.</source>
   <translation>{0}: {1} der Entscheidungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/reduce.py" />
   <source>The loss must be a number of nats from 0 on, not {0}.</source>
   <translation>Der Verlust muss eine Zahl von nats ab 0 sein, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/reduce.py" />
   <source>There is no prompt with a reply to shorten.</source>
   <translation>Es gibt keinen Prompt mit einer Antwort zu kürzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>Evaluate the task again to score them again.</source>
   <translation>Die Aufgabe noch einmal auswerten, um sie neu zu bewerten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>Not available from this server: a replay of {0}, which compares token by token ({1}).</source>
   <translation>Von diesem Server nicht verfügbar: ein Nachspielen von {0}, das Token für Token vergleicht ({1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>Nothing of {0} was sampled: a person put it there.</source>
   <translation>Nichts von {0} wurde gezogen: Ein Mensch hat es eingesetzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>Run its prompt again instead.</source>
   <translation>Stattdessen seinen Prompt noch einmal ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>Run {0} was forked from run {1}, which is not in the history.</source>
   <translation>Lauf {0} wurde von Lauf {1} abgezweigt, der nicht im Verlauf ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>The answers of {0} were given and scored; nothing was sampled.</source>
   <translation>Die Antworten von {0} waren vorgegeben und wurden bewertet; nichts wurde gezogen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>The prompt's tokens of {0} cannot be read.</source>
   <translation>Die Token des Prompts von {0} lassen sich nicht lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>The reply that run {0} was forked from is damaged.</source>
   <translation>Die Antwort, von der Lauf {0} abgezweigt wurde, ist beschädigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>The reply that run {0} was forked from is gone.</source>
   <translation>Die Antwort, von der Lauf {0} abgezweigt wurde, ist weg.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>Wait for its end, or stop it.</source>
   <translation>Das Ende abwarten oder anhalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>{0} ({1}) holds no token and no text to compare.</source>
   <translation>{0} ({1}) enthält kein Token und keinen Text zum Vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay.py" />
   <source>{0} has not ended yet.</source>
   <translation>{0} ist noch nicht zu Ende.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>Put the file back, there or into a model folder, to replay the run.</source>
   <translation>Die Datei dort oder in einen Modellordner zurücklegen, um den Lauf zu wiederholen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>The model of run {0} is gone: {1}{2}.</source>
   <translation>Das Modell des Laufs {0} ist weg: {1}{2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>The model's chat template has changed; it writes this prompt the same.</source>
   <translation>Die Chat-Vorlage des Modells hat sich geändert; sie schreibt diesen Prompt gleich.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>The recorded prompt file would give another text today (a fragment changed, perhaps); the recorded text was replayed.</source>
   <translation>Die aufgezeichnete Prompt-Datei ergäbe heute einen anderen Text (vielleicht hat sich ein Baustein geändert); nachgespielt wurde der aufgezeichnete Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>a prompt of {0} tokens</source>
   <translation>ein Prompt aus {0} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>a replay of run {0}, which compares token by token</source>
   <translation>ein Nachspielen von Lauf {0}, das Token für Token vergleicht</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>a template that refuses the prompt: {0}</source>
   <translation>eine Vorlage, die den Prompt ablehnt: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>another one from character {0} on</source>
   <translation>ab Zeichen {0} ein anderer</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>another template</source>
   <translation>eine andere Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>llama.cpp {0} (llama-cpp-python {1})</source>
   <translation>llama.cpp {0} (llama-cpp-python {1})</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>other {0}</source>
   <translation>andere {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/replay_setup.py" />
   <source>the recorded prompt</source>
   <translation>der aufgezeichnete Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/report/stored.py" />
   <source>Go on with: workbench eval --resume {0}</source>
   <translation>Fortfahren mit: workbench eval --resume {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/report/stored.py" />
   <source>Nothing of {0} is done.</source>
   <translation>Von {0} ist nichts fertig.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_export.py" />
   <source>Export it when it has.</source>
   <translation>Exportieren, wenn er es ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>A history is written to a file.</source>
   <translation>Ein Verlauf wird in eine Datei geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>Choose another file.</source>
   <translation>Eine andere Datei wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>Name a file in it.</source>
   <translation>Eine Datei darin nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>Name one with -o.</source>
   <translation>Mit -o eine nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>Say that they may, with --keep-paths or its box, or choose another format.</source>
   <translation>Mit --keep-paths oder dem Kästchen erlauben oder ein anderes Format wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>{0} is a folder.</source>
   <translation>{0} ist ein Ordner.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>{0} is the history itself.</source>
   <translation>{0} ist der Verlauf selbst.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_files.py" />
   <source>{0}: folders and user names would stay in it.</source>
   <translation>{0}: Ordner- und Benutzernamen blieben darin.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>another token at {0}</source>
   <translation>anderes Token bei {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>edited at {0}</source>
   <translation>bearbeitet bei {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>said anew at {0}</source>
   <translation>neu erzeugt ab {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>seed {0}</source>
   <translation>Seed {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>{0} continuations</source>
   <translation>{0} Fortsetzungen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>{0} nats each</source>
   <translation>je {0} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>{0} replies together</source>
   <translation>{0} Antworten zusammen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/server_prompt.py" />
   <source>Choose a chat template to write it here.</source>
   <translation>Eine Chat-Vorlage wählen, um ihn hier zu schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/server_prompt.py" />
   <source>Not available from this server: probabilities of a given answer to a chat ({0} writes it with a chat template of its own).</source>
   <translation>Von diesem Server nicht verfügbar: Wahrscheinlichkeiten einer gegebenen Antwort auf einen Chat ({0} schreibt ihn mit einer eigenen Chat-Vorlage).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/server_prompt.py" />
   <source>The server writes these messages with a chat template of its own; the exact prompt is not available from this server.</source>
   <translation>Der Server schreibt diese Nachrichten mit einer eigenen Chat-Vorlage; der exakte Prompt ist von diesem Server nicht verfügbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/server_prompt.py" />
   <source>Write the prompt as text:, or use the model as a file.</source>
   <translation>Den Prompt als text: schreiben oder das Modell als Datei verwenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/server_setup.py" />
   <source>{0} did not say what it is.</source>
   <translation>{0} hat nicht gesagt, was es ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/session.py" />
   <source>Use a prompt with text: instead of messages:, or @TEXT.</source>
   <translation>Einen Prompt mit text: statt messages: verwenden, oder @TEXT.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/session.py" />
   <source>{0} is a chat, and only raw text can be filled in.</source>
   <translation>{0} ist ein Chat, und nur roher Text lässt sich auffüllen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/many.py" />
   <source>{0} comparisons were made; if nothing differed, the chance that at least one had p &lt; 0.05 would be about {1}.</source>
   <translation>{0} Vergleiche wurden gemacht; gäbe es keinen Unterschied, hätte mit etwa {1} mindestens einer p &lt; 0.05.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/many.py" />
   <source>{0} had, and {1} of them still after Holm's correction.</source>
   <translation>{0} hatten das, und nach der Korrektur von Holm noch {1} davon.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>1 item</source>
   <translation>1 Item</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>It is not clear that this is more than noise ({0}, though the interval leaves out 0).</source>
   <translation>Es ist nicht klar, dass das mehr als Rauschen ist ({0}, obwohl das Intervall 0 nicht enthält).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>The interval holds 0: this may well be noise.</source>
   <translation>Das Intervall enthält 0: Das kann gut Rauschen sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>The interval leaves out 0: this is unlikely to be noise.</source>
   <translation>Das Intervall lässt 0 aus: Das ist kaum Rauschen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>This is unlikely to be noise ({0}).</source>
   <translation>Das ist kaum Rauschen ({0}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>This may well be noise ({0}).</source>
   <translation>Das kann gut Rauschen sein ({0}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>Whether that is noise cannot be said.</source>
   <translation>Ob das Rauschen ist, lässt sich nicht sagen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>Wilson</source>
   <translation>Wilson</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>With only {0} items its size is still uncertain.</source>
   <translation>Bei nur {0} Items ist seine Größe noch unsicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>With these items only differences of about {0} or more would show reliably (four times in five)</source>
   <translation>Mit diesen Items würden sich nur Unterschiede von etwa {0} oder mehr zuverlässig zeigen (in vier von fünf Fällen)</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>not scored: {0}</source>
   <translation>nicht bewertet: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} (95 % interval of the difference {1} to {2})</source>
   <translation>{0} (95-%-Intervall des Unterschieds {1} bis {2})</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} ({1}; no interval)</source>
   <translation>{0} ({1}; kein Intervall)</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} and {1} cannot be compared: {2}</source>
   <translation>{0} und {1} lassen sich nicht vergleichen: {2}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} and {1} have the same mean on {2}.</source>
   <translation>{0} und {1} haben denselben Mittelwert über {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} and {1} have the same score on every one of {2}: no difference was seen.</source>
   <translation>{0} und {1} haben auf jedem von {2} denselben Score: Kein Unterschied war zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} is better than {1} by {2} on {3}.</source>
   <translation>{0} ist um {2} besser als {1}, über {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} is higher than {1} by {2} on {3}.</source>
   <translation>{0} liegt um {2} höher als {1}, über {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} is lower than {1} by {2} on {3}.</source>
   <translation>{0} liegt um {2} niedriger als {1}, über {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} is worse than {1} by {2} on {3}.</source>
   <translation>{0} ist um {2} schlechter als {1}, über {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0} items</source>
   <translation>{0} Items</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0}, {1} after correction for many comparisons</source>
   <translation>{0}, {1} nach Korrektur für viele Vergleiche</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0}, {1} not scored</source>
   <translation>{0}, {1} nicht bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>{0}; one of {1} needs about {2} items.</source>
   <translation>{0}; einer von {1} braucht etwa {2} Items.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/steering.py" />
   <source>Both texts are the same to the model.</source>
   <translation>Beide Texte sind für das Modell dasselbe.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/steering.py" />
   <source>Steer between two others.</source>
   <translation>Zwischen zwei anderen steuern.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/steering.py" />
   <source>The text to steer {0} has {1} tokens; it needs at least two.</source>
   <translation>Der Text, zu dem {0} gesteuert wird, hat {1} Token; er braucht mindestens zwei.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/steering.py" />
   <source>Write a sentence.</source>
   <translation>Einen Satz schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/steering.py" />
   <source>llama.cpp steers all layers but the first, and this model has only one.</source>
   <translation>llama.cpp steuert alle Schichten außer der ersten, und dieses Modell hat nur eine.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/suites.py" />
   <source>The list of sample suites {0} cannot be read: {1}.</source>
   <translation>Die Liste der Beispielsuiten {0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_grid.py" />
   <source>An axis can be shown at one place only.</source>
   <translation>Eine Achse lässt sich nur an einer Stelle zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_grid.py" />
   <source>Choose another axis there.</source>
   <translation>Dort eine andere Achse wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_grid.py" />
   <source>The sweep has no axis {0}.</source>
   <translation>Der Sweep hat keine Achse {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>How many different replies there are.</source>
   <translation>Wie viele verschiedene Antworten es gibt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Mean entropy of the next token, raw.</source>
   <translation>Mittlere Entropie des nächsten Tokens, roh.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Mean length of a reply.</source>
   <translation>Mittlere Länge einer Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Mean natural log-probability of a token, raw.</source>
   <translation>Mittlere natürliche Log-Wahrscheinlichkeit eines Tokens, roh.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Share of pairs of replies that are the same text.</source>
   <translation>Anteil der Antwortpaare, die derselbe Text sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Share of replies that ended by themselves.</source>
   <translation>Anteil der Antworten, die von selbst endeten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Speed of decoding, all replies together; in a batch the time is shared out.</source>
   <translation>Geschwindigkeit des Dekodierens, alle Antworten zusammen; in einem Batch wird die Zeit aufgeteilt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>Time to the first token.</source>
   <translation>Zeit bis zum ersten Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>decoding speed</source>
   <translation>Dekodiergeschwindigkeit</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>different replies</source>
   <translation>verschiedene Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>ended by itself</source>
   <translation>von selbst beendet</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>exp of the mean negative log-probability.</source>
   <translation>exp der mittleren negativen Log-Wahrscheinlichkeit.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>length in characters</source>
   <translation>Länge in Zeichen</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>length in tokens</source>
   <translation>Länge in Token</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>length in words</source>
   <translation>Länge in Wörtern</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>log-probability</source>
   <translation>Log-Wahrscheinlichkeit</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_numbers.py" />
   <source>self-agreement</source>
   <translation>Selbstübereinstimmung</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>A sweep needs at least one axis.</source>
   <translation>Ein Sweep braucht mindestens eine Achse.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>Add --axis temperature=0.2,0.8.</source>
   <translation>--axis temperature=0.2,0.8 hinzufügen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>In a list every axis has the same number of values.</source>
   <translation>In einer Liste hat jede Achse gleich viele Werte.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>That would be {0} cells; {1} are possible.</source>
   <translation>Das wären {0} Zellen; möglich sind {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>The axis {0} has a value twice.</source>
   <translation>Die Achse {0} hat einen Wert zweimal.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>The axis {0} has no values.</source>
   <translation>Die Achse {0} hat keine Werte.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>The axis {0} has {1} values for {2} of them.</source>
   <translation>Die Achse {0} hat {1} Werte für {2} davon.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>There is nothing named {0} to sweep over.</source>
   <translation>Es gibt nichts namens {0}, worüber sich ein Sweep machen ließe.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>Two axes have the same name.</source>
   <translation>Zwei Achsen haben denselben Namen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>seed must be a whole number, not {0}.</source>
   <translation>seed muss eine ganze Zahl sein, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_plan.py" />
   <source>{0} A variable is var:{1}.</source>
   <translation>{0} Eine Variable ist var:{1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_scores.py" />
   <source>There is no number {0}.</source>
   <translation>Es gibt keine Zahl {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_values.py" />
   <source>{0}: FROM:TO:STEP goes up by a step above 0.</source>
   <translation>{0}: VON:BIS:SCHRITT steigt um einen Schritt über 0.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_values.py" />
   <source>{0}: that would be {1} values.</source>
   <translation>{0}: Das wären {1} Werte.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_values.py" />
   <source>{0}: the list is not JSON: {1}.</source>
   <translation>{0}: Die Liste ist kein JSON: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_values.py" />
   <source>{0}: {1}:{2}:{3} are not three numbers.</source>
   <translation>{0}: {1}:{2}:{3} sind keine drei Zahlen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_wish.py" />
   <source>Leave one of them out.</source>
   <translation>Eine davon weglassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_wish.py" />
   <source>The axis model names one model twice.</source>
   <translation>Die Achse model nennt ein Modell zweimal.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/sweep_wish.py" />
   <source>false, true</source>
   <translation>false, true</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/bfcl.py" />
   <source>Put BFCL's folder possible_answer beside the file.</source>
   <translation>Den Ordner possible_answer von BFCL neben die Datei legen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/bfcl.py" />
   <source>The right calls of {0} are not there: {1} is missing.</source>
   <translation>Die richtigen Aufrufe von {0} sind nicht da: {1} fehlt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <source>A task has one row per item.</source>
   <translation>Eine Aufgabe hat eine Zeile je Item.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <source>Unpack it first.</source>
   <translation>Zuerst auspacken.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <source>{0} is compressed.</source>
   <translation>{0} ist komprimiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <source>{0} is no text and no table that is known.</source>
   <translation>{0} ist kein Text und keine bekannte Tabelle.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/csv_rows.py" />
   <source>Its first line names the columns.</source>
   <translation>Die erste Zeile nennt die Spalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/csv_rows.py" />
   <source>Rename one of them.</source>
   <translation>Eine davon umbenennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/csv_rows.py" />
   <source>{0} has the column {1} twice.</source>
   <translation>{0} hat die Spalte {1} zweimal.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/csv_rows.py" />
   <source>{0} names no columns in its first line.</source>
   <translation>{0} nennt in der ersten Zeile keine Spalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/hf_folder.py" />
   <source>The folder {0} holds no data files.</source>
   <translation>Der Ordner {0} enthält keine Datendateien.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/hf_folder.py" />
   <source>They end in {0}.</source>
   <translation>Sie enden auf {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/hf_folder.py" />
   <source>{0} has no split {1}.</source>
   <translation>{0} hat keinen Split {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>A task is a list of objects.</source>
   <translation>Eine Aufgabe ist eine Liste von Objekten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>Check the file.</source>
   <translation>Die Datei prüfen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>Write it as JSON Lines, one row per line; that can be of any size.</source>
   <translation>Als JSON Lines schreiben, eine Zeile je Zeile; das darf beliebig groß sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>{0} has {1} bytes; a JSON document may have {2}.</source>
   <translation>{0} hat {1} Bytes; ein JSON-Dokument darf {2} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>{0} holds {1} and no rows.</source>
   <translation>{0} enthält {1} und keine Zeilen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>{0} is no JSON: {1}.</source>
   <translation>{0} ist kein JSON: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>{0}, line {1}: the byte 0x{2} is not {3}.</source>
   <translation>{0}, Zeile {1}: Das Byte 0x{2} ist kein {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/lm_eval.py" />
   <source>Give the task's whole text in one file.</source>
   <translation>Den ganzen Text der Aufgabe in einer Datei angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/lm_eval.py" />
   <source>Put the files beside it and name them in dataset_kwargs: data_files.</source>
   <translation>Die Dateien daneben legen und in dataset_kwargs: data_files nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/lm_eval.py" />
   <source>The data of {0} ({1}) is not there.</source>
   <translation>Die Daten von {0} ({1}) sind nicht da.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/lm_eval.py" />
   <source>{0} has the output_type {1}.</source>
   <translation>{0} hat den output_type {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/lm_eval.py" />
   <source>{0} includes {1}.</source>
   <translation>{0} bindet {1} ein.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/load.py" />
   <source>Leave --split out.</source>
   <translation>Lassen Sie --split weg.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/load.py" />
   <source>See the help page on tasks.</source>
   <translation>Siehe die Hilfeseite zu Aufgaben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/load.py" />
   <source>There is no file or folder {0}.</source>
   <translation>Es gibt keine Datei und keinen Ordner {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/load.py" />
   <source>{0} has no row that can be used.{1}</source>
   <translation>{0} hat keine verwendbare Zeile.{1}</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/load.py" />
   <source>{0} is one file, and only folders have splits.</source>
   <translation>{0} ist eine einzelne Datei, und nur Ordner haben Teile.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/needle.py" />
   <source>A depth is 0 to 100 percent, not {0}.</source>
   <translation>Eine Tiefe geht von 0 bis 100 Prozent, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/needle.py" />
   <source>That would be {0} items; 1 to {1} are possible.</source>
   <translation>Das wären {0} Items; möglich sind 1 bis {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/needle.py" />
   <source>There cannot be {0} distractors.</source>
   <translation>{0} Ablenker sind nicht möglich.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/needle.py" />
   <source>{0} tokens are too few; a haystack has at least {1}.</source>
   <translation>{0} Token sind zu wenig; ein Heuhaufen hat mindestens {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/needle.py" />
   <source>{0} tokens are too many; {1} are possible.</source>
   <translation>{0} Token sind zu viele; möglich sind {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/own.py" />
   <source>Name the kind (--kind choice, generate, sequence, code, call) and see the help page.</source>
   <translation>Die Art nennen (--kind choice, generate, sequence, code, call) und die Hilfeseite lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/own.py" />
   <source>{0} does not say what is asked of a model; its columns are {1}.</source>
   <translation>{0} sagt nicht, was vom Modell verlangt ist; die Spalten sind {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/tables.py" />
   <source>Is it whole?</source>
   <translation>Ist sie vollständig?</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/tables.py" />
   <source>Parquet and Arrow files need pyarrow.</source>
   <translation>Parquet- und Arrow-Dateien brauchen pyarrow.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/yaml_rows.py" />
   <source>A task is a list of keys and values.</source>
   <translation>Eine Aufgabe ist eine Liste von Schlüsseln und Werten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/tasks/yaml_rows.py" />
   <source>{0} holds no rows.</source>
   <translation>{0} enthält keine Zeilen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>Compare a reply of at least one token.</source>
   <translation>Eine Antwort von mindestens einem Token vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>Compare their bits per byte instead.</source>
   <translation>Stattdessen ihre Bits je Byte vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>Give a prompt of at least one token.</source>
   <translation>Einen Prompt von mindestens einem Token angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>Its tokenizer changes texts into a normal form; compare a text without such characters.</source>
   <translation>Der Tokenizer bringt Texte in eine Normalform; einen Text ohne solche Zeichen vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>Nothing stands before the text.</source>
   <translation>Vor dem Text steht nichts.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>The two models have different vocabularies; their tokens cannot be compared.</source>
   <translation>Die beiden Modelle haben verschiedene Vokabulare; ihre Token lassen sich nicht vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>There is no text to compare.</source>
   <translation>Es gibt keinen Text zu vergleichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_diff.py" />
   <source>This model's tokens do not spell the text byte for byte, so it cannot be aligned.</source>
   <translation>Die Token dieses Modells ergeben den Text nicht Byte für Byte, daher lässt er sich nicht ausrichten.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_look.py" />
   <source>Load that model to ask it again.</source>
   <translation>Dieses Modell laden, um es noch einmal zu fragen.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/token_look.py" />
   <source>This run was made with {0} {1}, which is not loaded with its settings now.</source>
   <translation>Dieser Lauf entstand mit {0} {1}, das jetzt nicht mit seinen Einstellungen geladen ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/versions.py" />
   <source>Save it under another name or in another folder.</source>
   <translation>Unter anderem Namen oder in einem anderen Ordner speichern.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/versions.py" />
   <source>The prompt cannot be saved: line {0} has half a character (U+{1}).</source>
   <translation>Der Prompt lässt sich nicht speichern: Zeile {0} enthält ein halbes Zeichen (U+{1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/versions.py" />
   <source>The prompt file {0} cannot be written: {1}.</source>
   <translation>Die Prompt-Datei {0} lässt sich nicht schreiben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/versions.py" />
   <source>The prompt has {0} bytes; a prompt file may have {1}.</source>
   <translation>Der Prompt hat {0} Bytes; eine Prompt-Datei darf {1} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/vote_lines.py" />
   <source>{0} is no vote: {1} is missing.</source>
   <translation>{0} ist keine Stimme: {1} fehlt.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/vote_lines.py" />
   <source>{0} is no vote: {1}.</source>
   <translation>{0} ist keine Stimme: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/experiments/vote_lines.py" />
   <source>{0} is not JSON: {1}.</source>
   <translation>{0} ist kein JSON: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A file or an Ollama model; empty takes the chosen model's file.</source>
   <translation>Eine Datei oder ein Ollama-Modell; leer ist die Datei des gewählten Modells.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A function that fills the prompt; it needs no library.</source>
   <translation>Eine Funktion, die den Prompt füllt; sie braucht keine Bibliothek.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A list of roles and contents, filled in, as chat APIs take it.</source>
   <translation>Eine Liste von Rollen und Inhalten, ausgefüllt, wie Chat-APIs sie nehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A page for people: purpose, variables, settings, messages, tests.</source>
   <translation>Eine Seite für Menschen: Zweck, Variablen, Einstellungen, Nachrichten, Tests.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A request for any server that speaks the OpenAI protocol, llama-server included.</source>
   <translation>Eine Anfrage für jeden Server, der das OpenAI-Protokoll spricht, auch llama-server.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A row for each reply.</source>
   <translation>Eine Zeile für jede Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A row for each reply; safe to open in a spreadsheet.</source>
   <translation>Eine Zeile für jede Antwort; lässt sich gefahrlos in einer Tabellenkalkulation öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A script that runs the exact prompt, or starts a server with these settings.</source>
   <translation>Ein Skript, das den exakten Prompt ausführt oder mit diesen Einstellungen einen Server startet.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A section for each run, every token on a ground of its figure.</source>
   <translation>Ein Abschnitt für jeden Lauf, jedes Token auf einem Grund in der Farbe seiner Zahl.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A section for each run.</source>
   <translation>Ein Abschnitt für jeden Lauf.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A server that speaks the OpenAI protocol, or echo, which repeats the prompt.</source>
   <translation>Ein Server, der das OpenAI-Protokoll spricht, oder echo, das den Prompt wiederholt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>A template for the `llm` command: llm -t NAME -p variable value.</source>
   <translation>Eine Vorlage für den Befehl `llm`: llm -t NAME -p Variable Wert.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Address of the server, up to /v1.</source>
   <translation>Adresse des Servers, bis /v1.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Also write settings that only models run by llama.cpp understand.</source>
   <translation>Auch Einstellungen schreiben, die nur von llama.cpp ausgeführte Modelle verstehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>CSV table</source>
   <translation>CSV-Tabelle</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Characters beyond Latin, Greek and Cyrillic stand as [U+4E2D] unless a font is named.</source>
   <translation>Zeichen außerhalb von Lateinisch, Griechisch und Kyrillisch stehen als [U+4E2D], wenn keine Schrift genannt ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Differences</source>
   <translation>Unterschiede</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Dotprompt file</source>
   <translation>Dotprompt-Datei</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Everything but the exact prompt and the replies.</source>
   <translation>Alles außer dem exakten Prompt und den Antworten.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Everything, one run a line.</source>
   <translation>Alles, ein Lauf je Zeile.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Excel workbook</source>
   <translation>Excel-Arbeitsmappe</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Fine-tuning examples</source>
   <translation>Beispiele zum Feintuning</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Font files (.ttf, .otf; several with ; between) for scripts that the bundled ones lack.</source>
   <translation>Schriftdateien (.ttf, .otf; mehrere mit ; dazwischen) für Schriften, die den mitgelieferten fehlen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Front matter and a Handlebars text, for Genkit and other readers of Dotprompt.</source>
   <translation>Front Matter und ein Handlebars-Text, für Genkit und andere Leser von Dotprompt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Front matter and messages for Prompty's tools and libraries.</source>
   <translation>Front Matter und Nachrichten für die Werkzeuge und Bibliotheken von Prompty.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Ground of tokens</source>
   <translation>Grund der Token</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>HTML page</source>
   <translation>HTML-Seite</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>How many runs stand in a row, in their order.</source>
   <translation>Wie viele Läufe in einer Reihe stehen, in ihrer Reihenfolge.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Hugging Face chat template</source>
   <translation>Chat-Vorlage für Hugging Face</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>In columns, mark words that the first run of the row does not say.</source>
   <translation>In Spalten Wörter markieren, die der erste Lauf der Reihe nicht sagt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>JSON lines</source>
   <translation>JSON Lines</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Jinja2 template</source>
   <translation>Jinja2-Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>LM Studio preset</source>
   <translation>Voreinstellung für LM Studio</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>LangChain prompt</source>
   <translation>LangChain-Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Lines with text from right to left stand without grounds.</source>
   <translation>Zeilen mit Text von rechts nach links stehen ohne Grund.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Markdown page</source>
   <translation>Markdown-Seite</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Messages (JSON)</source>
   <translation>Nachrichten (JSON)</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Messages with {{{variables}}} and {{#lists}}, for Mustache in any language.</source>
   <translation>Nachrichten mit {{{variables}}} und {{#lists}}, für Mustache in jeder Sprache.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Model, settings, system message and examples for ollama create.</source>
   <translation>Modell, Einstellungen, System-Nachricht und Beispiele für ollama create.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>More fonts</source>
   <translation>Weitere Schriften</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Mustache template</source>
   <translation>Mustache-Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Ollama Modelfile</source>
   <translation>Ollama-Modelfile</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>One text with its variables, for plain Jinja2; the values become defaults.</source>
   <translation>Ein Text mit seinen Variablen, für reines Jinja2; die Werte werden zu Vorgaben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>OpenAI client script</source>
   <translation>Skript mit OpenAI-Client</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>PDF</source>
   <translation>PDF</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Parquet table</source>
   <translation>Parquet-Tabelle</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Program</source>
   <translation>Programm</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Prompt and completion of every finished reply; export `starred:yes` with it.</source>
   <translation>Prompt und Fortsetzung jeder fertigen Antwort; zum Beispiel `starred:yes` damit exportieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Prompt card (Markdown)</source>
   <translation>Prompt-Karte (Markdown)</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Prompt file (.prompt.yml)</source>
   <translation>Prompt-Datei (.prompt.yml)</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Prompt, provider, variables and tests for promptfoo eval.</source>
   <translation>Prompt, Anbieter, Variablen und Tests für promptfoo eval.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Prompty file</source>
   <translation>Prompty-Datei</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Provider</source>
   <translation>Anbieter</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Python code that makes a ChatPromptTemplate or a PromptTemplate.</source>
   <translation>Python-Code, der ein ChatPromptTemplate oder ein PromptTemplate macht.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Python for the openai package against any compatible server.</source>
   <translation>Python für das Paket openai, gegen jeden kompatiblen Server.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Python function</source>
   <translation>Python-Funktion</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Python that runs the exact prompt on the same file.</source>
   <translation>Python, das den exakten Prompt auf derselben Datei ausführt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Rendered text</source>
   <translation>Gerenderter Text</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Replies that failed, were stopped or are empty.</source>
   <translation>Antworten, die fehlschlugen, angehalten wurden oder leer sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Replies with a figure of every token as its ground, alone or beside each other, in one file.</source>
   <translation>Antworten mit einer Zahl jedes Tokens als Grund, einzeln oder nebeneinander, in einer Datei.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Request body (JSON)</source>
   <translation>Anfragekörper (JSON)</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Runs beside each other</source>
   <translation>Läufe nebeneinander</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Server</source>
   <translation>Server</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Settings beside temperature, top-k, top-p and min-p.</source>
   <translation>Einstellungen außer Temperature, top-k, top-p und min-p.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Settings beside temperature, top-k, top-p, min-p and the length, and the engine.</source>
   <translation>Einstellungen außer Temperature, top-k, top-p, min-p und der Länge, und die Engine.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Template format</source>
   <translation>Vorlagenformat</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The alternatives of each token, variables and the engine.</source>
   <translation>Die Alternativen jedes Tokens, Variablen und die Engine.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The alternatives of each token, variables, settings and the engine.</source>
   <translation>Die Alternativen jedes Tokens, Variablen, Einstellungen und die Engine.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The end of a text of more than 32,767 characters: a cell holds no more.</source>
   <translation>Das Ende eines Texts von mehr als 32,767 Zeichen: Eine Zelle fasst nicht mehr.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The model's chat template as tokenizer_config.json has it, with the messages filled in.</source>
   <translation>Die Chat-Vorlage des Modells, wie sie in tokenizer_config.json steht, mit den Nachrichten ausgefüllt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The model's name on the server; empty takes the prompt's.</source>
   <translation>Der Name des Modells auf dem Server; leer ist der des Prompts.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The prompt as this program and GitHub's model tools keep it, with the settings that are set.</source>
   <translation>Der Prompt, wie dieses Programm und die Modell-Werkzeuge von GitHub ihn speichern, mit den gesetzten Einstellungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The system message and the settings as a preset of LM Studio.</source>
   <translation>Die System-Nachricht und die Einstellungen als Voreinstellung von LM Studio.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>The tokens and their probabilities; the sum of each reply's log-probabilities is there.</source>
   <translation>Die Token und ihre Wahrscheinlichkeiten; die Summe der Log-Wahrscheinlichkeiten jeder Antwort ist da.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Tokens, probabilities, scores, variables and the engine.</source>
   <translation>Token, Wahrscheinlichkeiten, Bewertungen, Variablen und die Engine.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>Versions, arguments and reasons of scores.</source>
   <translation>Versionen, Argumente und Gründe von Bewertungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>What llama-server's /v1/chat/completions or /v1/completions takes.</source>
   <translation>Was /v1/chat/completions oder /v1/completions von llama-server nimmt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>What the ground of a token shows.</source>
   <translation>Was der Grund eines Tokens zeigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>What the model reads, filled in and written with its chat template.</source>
   <translation>Was das Modell liest, ausgefüllt und mit seiner Chat-Vorlage geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>curl command</source>
   <translation>curl-Befehl</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>f-string is LangChain's own; jinja2 keeps loops but must be trusted.</source>
   <translation>f-string ist das eigene von LangChain; jinja2 behält Schleifen, muss aber vertrauenswürdig sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>llama-completion runs the prompt once; llama-server waits for requests.</source>
   <translation>llama-completion führt den Prompt einmal aus; llama-server wartet auf Anfragen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>llama-cpp-python script</source>
   <translation>llama-cpp-python-Skript</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>llama.cpp command line</source>
   <translation>llama.cpp-Befehlszeile</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>llama.cpp's options</source>
   <translation>Optionen von llama.cpp</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>llm template</source>
   <translation>llm-Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/export" />
   <source>promptfoo configuration</source>
   <translation>promptfoo-Konfiguration</translation>
  </message>
  <message>
   <location filename="../../workbench/export/base.py" />
   <source>The format {0} has no option {1}.</source>
   <translation>Das Format {0} hat keine Option {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/base.py" />
   <source>{0} of {1} is true or false; not {2}.</source>
   <translation>{0} von {1} ist true oder false, nicht {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/base.py" />
   <source>{0} of {1} is {2}; not {3}.</source>
   <translation>{0} von {1} ist {2}; nicht {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/braces.py" />
   <source>{0}, line {1} of the text: {2}.</source>
   <translation>{0}, Zeile {1} des Textes: {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/dialects.py" />
   <source>Give it a name of ASCII letters, digits and underscores.</source>
   <translation>Einen Namen aus ASCII-Buchstaben, Ziffern und Unterstrichen geben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/dialects.py" />
   <source>Handlebars cannot say a { right in front of a variable or a block.</source>
   <translation>Handlebars kann kein { unmittelbar vor einer Variablen oder einem Block ausdrücken.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/dialects.py" />
   <source>Put something between them.</source>
   <translation>Etwas dazwischensetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/dialects.py" />
   <source>{0} cannot have a variable called {1}.</source>
   <translation>{0} kann keine Variable namens {1} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_hugging_face.py" />
   <source>Newer models have chat_template.jinja.</source>
   <translation>Neuere Modelle haben chat_template.jinja.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_hugging_face.py" />
   <source>The chat template of {0}, line {1}: {2}.</source>
   <translation>Die Chat-Vorlage von {0}, Zeile {1}: {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_hugging_face.py" />
   <source>{0} holds no chat template.</source>
   <translation>{0} enthält keine Chat-Vorlage.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_langchain.py" />
   <source>Prompts of text and messages can be imported.</source>
   <translation>Prompts aus Text und Nachrichten lassen sich importieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_llm.py" />
   <source>Write $$ for a dollar sign.</source>
   <translation>$$ für ein Dollarzeichen schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_llm.py" />
   <source>{0} holds no keys and values.</source>
   <translation>{0} enthält keine Schlüssel und Werte.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_llm.py" />
   <source>{0} of {1} holds no keys and values.</source>
   <translation>{0} von {1} enthält keine Schlüssel und Werte.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_llm.py" />
   <source>{0}: a lone $ in line {1} of a text.</source>
   <translation>{0}: ein einzelnes $ in Zeile {1} eines Textes.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_lm_studio.py" />
   <location filename="../../workbench/export/from_promptfoo.py" />
   <source>`workbench import --list` names the other formats.</source>
   <translation>`workbench import --list` nennt die anderen Formate.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_lm_studio.py" />
   <source>{0} is no preset of LM Studio: it has no list under operation, fields.</source>
   <translation>{0} ist keine Voreinstellung von LM Studio: Unter operation, fields steht keine Liste.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_messages.py" />
   <source>Message {0} of {1} has no role that is known.</source>
   <translation>Nachricht {0} von {1} hat keine bekannte Rolle.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_messages.py" />
   <source>Message {0} of {1} holds no text.</source>
   <translation>Nachricht {0} von {1} enthält keinen Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_messages.py" />
   <source>Roles are {0}.</source>
   <translation>Rollen sind {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_messages.py" />
   <source>{0} holds neither messages nor a prompt.</source>
   <translation>{0} enthält weder Nachrichten noch einen Prompt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_messages.py" />
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0} holds no list of messages.</source>
   <translation>{0} enthält keine Liste von Nachrichten.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_modelfile.py" />
   <source>{0}, line {1}: MESSAGE has no known role.</source>
   <translation>{0}, Zeile {1}: MESSAGE hat keine bekannte Rolle.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_modelfile.py" />
   <source>{0}, line {1}: the quotes are not closed.</source>
   <translation>{0}, Zeile {1}: Die Anführungszeichen sind nicht geschlossen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_mustache.py" />
   <source>The file has no name.</source>
   <translation>Die Datei hat keinen Namen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_promptfoo.py" />
   <source>Split it.</source>
   <translation>Aufteilen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_promptfoo.py" />
   <source>{0} has more than {1} tests.</source>
   <translation>{0} hat mehr als {1} Tests.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_promptfoo.py" />
   <source>{0} holds a line that is not JSON: {1}.</source>
   <translation>{0} enthält eine Zeile, die kein JSON ist: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_promptfoo.py" />
   <source>{0} holds no prompt that can be read.</source>
   <translation>{0} enthält keinen lesbaren Prompt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_promptfoo.py" />
   <source>{0} is no promptfoo configuration: it has no prompts.</source>
   <translation>{0} ist keine promptfoo-Konfiguration: Es fehlen prompts.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/from_prompty.py" />
   <source>{0} is written in {1}; only Jinja2 is read here.</source>
   <translation>{0} ist in {1} geschrieben; hier wird nur Jinja2 gelesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/import_formats.py" />
   <source>Formats: {0}.</source>
   <translation>Formate: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/import_formats.py" />
   <source>Name it with --format.</source>
   <translation>Mit --format nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/import_formats.py" />
   <source>{0} could be {1}.</source>
   <translation>{0} könnte {1} sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/import_formats.py" />
   <source>{0} is in no format that can be imported.</source>
   <translation>{0} ist in keinem importierbaren Format.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/llama_flags.py" />
   <source>The bias of {0}: these programs take token ids only.</source>
   <translation>Der Bias von {0}: Diese Programme nehmen nur Token-IDs.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/llama_flags.py" />
   <source>The setting {0}.</source>
   <translation>Die Einstellung {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>1 evaluator</source>
   <translation>1 Prüfer</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>1 row of test data</source>
   <translation>1 Zeile Testdaten</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>Kinds and descriptions of the variable {0}.</source>
   <translation>Art und Beschreibung der Variable {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>Kinds and descriptions of the variables {0}.</source>
   <translation>Arten und Beschreibungen der Variablen {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>The model, {0}.</source>
   <translation>Das Modell, {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>The settings: {0}.</source>
   <translation>Die Einstellungen: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>The text of {0}, which is included by name: the target must find it.</source>
   <translation>Der Text von {0}, der mit Namen eingebunden ist: Das Ziel muss ihn finden.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>The variable {0}: its value is filled in.</source>
   <translation>Die Variable {0}: Ihr Wert ist eingesetzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>The variables {0}: their values are filled in.</source>
   <translation>Die Variablen {0}: Ihre Werte sind eingesetzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>the description</source>
   <translation>die Beschreibung</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>the tags</source>
   <translation>die Tags</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>{0} evaluators</source>
   <translation>{0} Prüfer</translation>
  </message>
  <message>
   <location filename="../../workbench/export/losses.py" />
   <source>{0} rows of test data</source>
   <translation>{0} Zeilen Testdaten</translation>
  </message>
  <message>
   <location filename="../../workbench/export/pdf_fonts.py" />
   <source>A text from right to left in a PDF needs uharfbuzz.</source>
   <translation>Ein Text von rechts nach links in einem PDF braucht uharfbuzz.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/pdf_fonts.py" />
   <source>Name a .ttf or .otf file.</source>
   <translation>Eine .ttf- oder .otf-Datei nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/pdf_fonts.py" />
   <source>The font {0} cannot be used: {1}.</source>
   <translation>Die Schrift {0} lässt sich nicht verwenden: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/pdf_fonts.py" />
   <location filename="../../workbench/export/pdf_sheet.py" />
   <source>pip install 'prompt-workbench[pdf]'</source>
   <translation>pip install 'prompt-workbench[pdf]'</translation>
  </message>
  <message>
   <location filename="../../workbench/export/pdf_sheet.py" />
   <source>A PDF needs fpdf2.</source>
   <translation>Ein PDF braucht fpdf2.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_parquet.py" />
   <source>Parquet needs pyarrow.</source>
   <translation>Parquet braucht pyarrow.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_pdf.py" />
   <source>A PDF takes {0} runs.</source>
   <translation>Ein PDF fasst {0} Läufe.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_pdf.py" />
   <source>Export fewer, or as HTML or Parquet.</source>
   <translation>Weniger exportieren, oder als HTML oder Parquet.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_xlsx.py" />
   <source>A sheet of Excel holds {0} rows.</source>
   <translation>Ein Excel-Blatt fasst {0} Zeilen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_xlsx.py" />
   <source>An Excel workbook needs openpyxl.</source>
   <translation>Eine Excel-Mappe braucht openpyxl.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_xlsx.py" />
   <source>Export fewer runs, or as CSV.</source>
   <translation>Weniger Läufe exportieren, oder als CSV.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/runs_xlsx.py" />
   <source>pip install 'prompt-workbench[data]'</source>
   <translation>pip install 'prompt-workbench[data]'</translation>
  </message>
  <message>
   <location filename="../../workbench/export/servers.py" />
   <source>The setting {0}: llama.cpp's server does not take it.</source>
   <translation>Die Einstellung {0}: Der Server von llama.cpp nimmt sie nicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <source>The head of {0} has no end: a line of --- is missing.</source>
   <translation>Der Kopf von {0} hat kein Ende: Eine Zeile --- fehlt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <source>The head of {0} holds no keys and values.</source>
   <translation>Der Kopf von {0} enthält keine Schlüssel und Werte.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <source>{0} does not begin with ---.</source>
   <translation>{0} beginnt nicht mit ---.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <source>{0} is broken YAML: {1}.</source>
   <translation>{0} ist fehlerhaftes YAML: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>{0} is nested too deeply.</source>
   <translation>{0} ist zu tief verschachtelt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <source>{0}, line {1}, column {2}: {3}.</source>
   <translation>{0}, Zeile {1}, Spalte {2}: {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/structured.py" />
   <source>{0}{1}: broken YAML: {2}.</source>
   <translation>{0}{1}: fehlerhaftes YAML: {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_dotprompt.py" />
   <source>White space at the begin and the end of messages.</source>
   <translation>Leerraum am Anfang und am Ende von Nachrichten.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_hugging_face.py" />
   <source>A chat template writes messages, and this prompt is raw text.</source>
   <translation>Eine Chat-Vorlage schreibt Nachrichten, und dieser Prompt ist roher Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_hugging_face.py" />
   <source>Choose another format.</source>
   <translation>Ein anderes Format wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_hugging_face.py" />
   <source>Choose one that has, or another format.</source>
   <translation>Eines wählen, das sie hat, oder ein anderes Format.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_hugging_face.py" />
   <source>The model has no chat template.</source>
   <translation>Das Modell hat keine Chat-Vorlage.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_langchain.py" />
   <source>Messages of tools: they are messages of the model.</source>
   <translation>Nachrichten von Werkzeugen: Sie sind Nachrichten des Modells.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_llm.py" />
   <source>An llm template holds one system and one user message; this prompt has {0}.</source>
   <translation>Eine llm-Vorlage enthält eine System- und eine User-Nachricht; dieser Prompt hat {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_llm.py" />
   <source>Fold the examples into the user's message, or choose another format.</source>
   <translation>Die Beispiele in die User-Nachricht einfügen oder ein anderes Format wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_llm.py" />
   <source>The value of {0}: llm puts there what is typed behind the command.</source>
   <translation>Der Wert von {0}: llm setzt dort ein, was hinter dem Befehl getippt wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_lm_studio.py" />
   <source>1 message that is not the system's: a preset has none.</source>
   <translation>1 Nachricht, die nicht die des Systems ist: Eine Voreinstellung hat keine.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_lm_studio.py" />
   <source>The seed.</source>
   <translation>Der Seed.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_lm_studio.py" />
   <source>{0} messages that are not the system's: a preset has none.</source>
   <translation>{0} Nachrichten, die nicht die des Systems sind: Eine Voreinstellung hat keine.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>A Modelfile cannot hold a text with three double quotes or one at its end.</source>
   <translation>Ein Modelfile kann keinen Text mit drei doppelten Anführungszeichen oder einem am Ende enthalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>A Modelfile holds chat messages, and this prompt is raw text.</source>
   <translation>Ein Modelfile enthält Chat-Nachrichten, und dieser Prompt ist roher Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>Change the quotes.</source>
   <translation>Die Anführungszeichen ändern.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>Messages of tools.</source>
   <translation>Nachrichten von Werkzeugen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>The places of the system messages: a Modelfile has one, and it is first.</source>
   <translation>Die Stellen der System-Nachrichten: Ein Modelfile hat eine, und sie steht zuerst.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>White space at the begin and the end of messages may be dropped.</source>
   <translation>Leerraum am Anfang und am Ende von Nachrichten kann wegfallen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_modelfile.py" />
   <source>Write it with messages: first.</source>
   <translation>Zuerst mit messages: schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_promptfoo.py" />
   <source>A row of test data that gives {0}, which is filled in.</source>
   <translation>Eine Zeile Testdaten, die {0} angibt; das ist eingesetzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_promptfoo.py" />
   <source>The evaluator {0}: promptfoo has no assertion like it.</source>
   <translation>Der Prüfer {0}: promptfoo hat keine solche Prüfung.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_prompty.py" />
   <source>A message holds the line {0}, which a .prompty file reads as the begin of a message.</source>
   <translation>Eine Nachricht enthält die Zeile {0}, die eine .prompty-Datei als Beginn einer Nachricht liest.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_prompty.py" />
   <source>Change that line, or choose another format.</source>
   <translation>Diese Zeile ändern oder ein anderes Format wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_prompty.py" />
   <source>Line ends at the begin and the end of messages.</source>
   <translation>Zeilenenden am Anfang und am Ende von Nachrichten.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_prompty.py" />
   <source>Messages of tools: they stand under assistant.</source>
   <translation>Nachrichten von Werkzeugen: Sie stehen unter assistant.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_python.py" />
   <source>Python cannot have an argument called {0}.</source>
   <translation>Python kann kein Argument namens {0} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/export/to_python.py" />
   <source>Rename the variable.</source>
   <translation>Die Variable umbenennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Add a message below this one.</source>
   <translation>Eine Nachricht unter dieser einfügen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/arena/sheet.py" />
   <source>Arena</source>
   <translation>Arena</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>At a kept token of the reply: say the likeliest, the second … token instead.</source>
   <translation>An einem gehaltenen Token der Antwort: stattdessen das wahrscheinlichste, das zweite … Token ausgeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>At a kept token: edit it (or the selected ones) and go on from there.</source>
   <translation>An einem gehaltenen Token: es (oder die ausgewählten) bearbeiten und von dort fortfahren.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>At a kept token: four continuations from there, beside each other.</source>
   <translation>An einem gehaltenen Token: vier Fortsetzungen von dort nebeneinander.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>At a kept token: look ahead, the likeliest continuations as a tree.</source>
   <translation>An einem gehaltenen Token: vorausschauen, die wahrscheinlichsten Fortsetzungen als Baum.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>At a kept token: say the reply anew from there, with a new seed.</source>
   <translation>An einem gehaltenen Token: die Antwort von dort mit neuem Seed neu erzeugen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/attention/exporting.py" />
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>Attention</source>
   <translation>Attention</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Begin an empty prompt.</source>
   <translation>Einen leeren Prompt beginnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/branches/side.py" />
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <location filename="../../workbench/gui/branches/tree_view.py" />
   <source>Branches</source>
   <translation>Zweige</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Change how the program looks and works.</source>
   <translation>Ändern, wie das Programm aussieht und arbeitet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Chat template…</source>
   <translation>Chat-Vorlage…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Choose a model of this machine.</source>
   <translation>Ein Modell dieses Rechners wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Choose a prompt file.</source>
   <translation>Eine Prompt-Datei wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Choose what stands side by side in Compare.</source>
   <translation>Wählen, was unter „Vergleichen“ nebeneinander steht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/compare/space.py" />
   <source>Columns…</source>
   <translation>Spalten…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Command palette</source>
   <translation>Befehlspalette</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <location filename="../../workbench/gui/compare/space.py" />
   <location filename="../../workbench/gui/compare/text_dialog.py" />
   <location filename="../../assets/help" />
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Compare, name and restore versions.</source>
   <translation>Versionen vergleichen, benennen und wiederherstellen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Connect to a server…</source>
   <translation>Mit einem Server verbinden…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Copy the selected tokens, or the kept one.</source>
   <translation>Die ausgewählten Token kopieren, sonst das gehaltene.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Delete the message.</source>
   <translation>Die Nachricht löschen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Duplicate the message.</source>
   <translation>Die Nachricht duplizieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Edit how messages are written.</source>
   <translation>Bearbeiten, wie Nachrichten geschrieben werden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>End the program; a run that goes on is stopped.</source>
   <translation>Das Programm beenden; ein laufender Lauf wird abgebrochen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Everything that can be done at a token.</source>
   <translation>Alles, was an einem Token möglich ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Experiments</source>
   <translation>Experimente</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/arena/board.py" />
   <location filename="../../workbench/gui/history/space.py" />
   <location filename="../../workbench/gui/panels/editor.py" />
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Find a prompt by name, text or #tag.</source>
   <translation>Einen Prompt nach Name, Text oder #Tag finden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Find and run anything by its name.</source>
   <translation>Alles nach seinem Namen finden und ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Find runs</source>
   <translation>Läufe suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Find text and put other text in its place.</source>
   <translation>Text suchen und durch anderen ersetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Find text in all messages of the prompt.</source>
   <translation>Text in allen Nachrichten des Prompts suchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Find…</source>
   <translation>Suchen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Fold or unfold the message.</source>
   <translation>Die Nachricht ein- oder ausklappen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/panels/editor.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <source>Generate</source>
   <translation>Generieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Give actions other keys.</source>
   <translation>Aktionen andere Tasten geben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Go to the first or last token.</source>
   <translation>Zum ersten oder letzten Token gehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Go to the next place that was found.</source>
   <translation>Zur nächsten Fundstelle gehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Grey preview</source>
   <translation>Graue Vorschau</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/panels/run_details.py" />
   <location filename="../../assets/help" />
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>In the arena: the first reply is better.</source>
   <translation>In der Arena: Die erste Antwort ist besser.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>In the sampler microscope: move a sampler; Ctrl+C copies the numbers.</source>
   <translation>Im Sampler-Mikroskop: einen Sampler verschieben; Strg+C kopiert die Zahlen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>In the samplers: move the current one, or switch it on or off.</source>
   <translation>Bei den Samplern: den aktuellen verschieben oder ein- und ausschalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Keep a token's card open; click again to release it.</source>
   <translation>Die Karte eines Tokens offen halten; noch ein Klick gibt es frei.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Leave the message for the next or the previous control.</source>
   <translation>Von der Nachricht zum nächsten oder vorherigen Bedienelement gehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>Look ahead</source>
   <translation>Vorausschauen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Make the step again (also Ctrl+Y).</source>
   <translation>Den Schritt wiederholen (auch Strg+Y).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Marks</source>
   <translation>Zeichen zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Measure models, prompts and settings on tasks.</source>
   <translation>Modelle, Prompts und Einstellungen an Aufgaben messen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Model card…</source>
   <translation>Modellkarte…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Move the message up or down.</source>
   <translation>Die Nachricht nach oben oder unten verschieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>New prompt</source>
   <translation>Neuer Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>New window</source>
   <translation>Neues Fenster</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Next match</source>
   <translation>Nächste Fundstelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Offer names, filters and tags; ↑ ↓ choose, Return takes one.</source>
   <translation>Namen, Filter und Tags anbieten; ↑ ↓ wählt, Eingabe übernimmt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Open model…</source>
   <translation>Modell öffnen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Open one more window.</source>
   <translation>Ein weiteres Fenster öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Open prompt…</source>
   <translation>Prompt öffnen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Previous match</source>
   <translation>Vorherige Fundstelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Probabilities</source>
   <translation>Wahrscheinlichkeiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <location filename="../../workbench/gui/probabilities/surprise_side.py" />
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Put a slider back to its default.</source>
   <translation>Einen Schieberegler auf seinen Standardwert setzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Put the cursor where the prompt is wrong.</source>
   <translation>Die Schreibmarke dorthin setzen, wo der Prompt fehlerhaft ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Put the keyboard in the library.</source>
   <translation>Die Tastatur in die Bibliothek setzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Read again</source>
   <translation>Neu einlesen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Read the library and the models again.</source>
   <translation>Bibliothek und Modelle neu einlesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Read what the model's file says of itself.</source>
   <translation>Lesen, was die Datei des Modells über sich sagt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Release the kept token; then stop the run.</source>
   <translation>Das gehaltene Token freigeben; danach den Lauf abbrechen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Replace…</source>
   <translation>Ersetzen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Retry</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Run the prompt again with a new seed.</source>
   <translation>Den Prompt mit neuem Seed noch einmal ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Run the prompt.</source>
   <translation>Den Prompt ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/microscope/exporting.py" />
   <location filename="../../workbench/gui/microscope/stage_picture.py" />
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Sampler microscope</source>
   <translation>Sampler-Mikroskop</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/dialogs/name_dialog.py" />
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Save as…</source>
   <translation>Speichern unter…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Save the prompt under another name.</source>
   <translation>Den Prompt unter einem anderen Namen speichern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Save the prompt; that makes a version.</source>
   <translation>Den Prompt speichern; das ergibt eine Version.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Say that token instead: the reply forks there and goes on.</source>
   <translation>Stattdessen dieses Token ausgeben: Die Antwort zweigt dort ab und geht weiter.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Search prompts</source>
   <translation>Prompts suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Search the history.</source>
   <translation>Den Verlauf durchsuchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Select every token.</source>
   <translation>Alle Token auswählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Settings…</source>
   <translation>Einstellungen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Shortcuts…</source>
   <translation>Tastenkürzel…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show models and settings side by side.</source>
   <translation>Modelle und Einstellungen nebeneinander zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show spaces, newlines and bytes of tokens.</source>
   <translation>Leerzeichen, Zeilenumbrüche und Bytes von Token zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show the forks of this reply as a tree.</source>
   <translation>Die Abzweigungen dieser Antwort als Baum zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show the history workspace.</source>
   <translation>Den Arbeitsbereich „Verlauf“ zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show the likeliest continuations as a tree.</source>
   <translation>Die wahrscheinlichsten Fortsetzungen als Baum zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show the likeliest next words in grey behind the reply or a raw prompt, or hide them.</source>
   <translation>Die wahrscheinlichsten nächsten Wörter grau hinter der Antwort oder einem rohen Prompt zeigen oder verbergen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show the prompt workspace.</source>
   <translation>Den Arbeitsbereich „Prompt“ zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show the welcome and recent files.</source>
   <translation>Die Begrüßung und zuletzt verwendete Dateien zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show this list.</source>
   <translation>Diese Liste zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show what every sampler leaves at the chosen token.</source>
   <translation>Zeigen, was jeder Sampler am gewählten Token übrig lässt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show what the model nearly said.</source>
   <translation>Zeigen, was das Modell beinahe gesagt hätte.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Show where the model looked, and why.</source>
   <translation>Zeigen, wohin das Modell geschaut hat und warum.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Six steps through the window.</source>
   <translation>Sechs Schritte durch das Fenster.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/arena/board.py" />
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <location filename="../../workbench/gui/compare/space.py" />
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <location filename="../../workbench/gui/experiments/space.py" />
   <location filename="../../workbench/gui/history/safety.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <location filename="../../workbench/gui/panels/influence.py" />
   <location filename="../../workbench/gui/panels/steering.py" />
   <location filename="../../workbench/gui/probabilities/prompt_map.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <source>Stop</source>
   <translation>Stopp</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Take in prompts that another tool wrote.</source>
   <translation>Prompts übernehmen, die ein anderes Werkzeug geschrieben hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the exact prompt</source>
   <translation>Zum exakten Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the library</source>
   <translation>Zur Bibliothek</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the mistake</source>
   <translation>Zum Fehler</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the next token</source>
   <translation>Zum nächsten Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the prompt</source>
   <translation>Zum Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the reply</source>
   <translation>Zur Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the samplers</source>
   <translation>Zu den Samplern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the sampling</source>
   <translation>Zum Sampling</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>To the variables</source>
   <translation>Zu den Variablen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Tour</source>
   <translation>Rundgang</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Undo the last step in any message, moves and deletions included.</source>
   <translation>Den letzten Schritt in einer Nachricht rückgängig machen, auch Verschieben und Löschen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Use a model that another program serves.</source>
   <translation>Ein Modell verwenden, das ein anderes Programm bereitstellt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Versions…</source>
   <translation>Versionen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Vote on two replies without their names.</source>
   <translation>Über zwei Antworten abstimmen, ohne ihre Namen zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Walk from token to token in the reply or the exact prompt.</source>
   <translation>In der Antwort oder im exakten Prompt von Token zu Token gehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Walk to the token above or below.</source>
   <translation>Zum Token darüber oder darunter gehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Welcome</source>
   <translation>Begrüßung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>While grey words stand behind the text: take them all.</source>
   <translation>Solange graue Wörter hinter dem Text stehen: alle übernehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>Write the prompt as a file for another tool.</source>
   <translation>Den Prompt als Datei für ein anderes Werkzeug schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>click</source>
   <translation>Klick</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>click in the card</source>
   <translation>Klick in die Karte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>double-click</source>
   <translation>Doppelklick</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>right-click</source>
   <translation>Rechtsklick</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…a tie.</source>
   <translation>…Unentschieden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…both are bad.</source>
   <translation>…Beide sind schlecht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in it; arrows walk tokens.</source>
   <translation>…dort hinein; die Pfeiltasten gehen von Token zu Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in the first parameter.</source>
   <translation>…in den ersten Parameter.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in the first variable.</source>
   <translation>…in die erste Variable.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in the last message.</source>
   <translation>…in die letzte Nachricht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in the next token now.</source>
   <translation>…in „Nächstes Token jetzt“.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in the reply; arrows walk tokens.</source>
   <translation>…in die Antwort; die Pfeiltasten gehen von Token zu Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…in their order.</source>
   <translation>…in ihre Reihenfolge.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…read on in both replies.</source>
   <translation>…in beiden Antworten weiterlesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…show the next pairing.</source>
   <translation>…die nächste Paarung zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…skip this pairing.</source>
   <translation>…diese Paarung überspringen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…take the last vote back.</source>
   <translation>…die letzte Stimme zurücknehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…take the next word of them; Esc puts them away.</source>
   <translation>…das nächste Wort davon übernehmen; Esc blendet sie aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…the second is.</source>
   <translation>…die zweite ist besser.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/actions.py" />
   <source>…to the one before.</source>
   <translation>…zur vorherigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Export the leaderboard</source>
   <translation>Bestenliste exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <location filename="../../workbench/gui/arena/board_table.py" />
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Leaderboard</source>
   <translation>Bestenliste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Let a model judge</source>
   <translation>Ein Modell urteilen lassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Points the row took from the column</source>
   <translation>Punkte, die die Zeile gegen die Spalte geholt hat</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Rank by</source>
   <translation>Rangfolge nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Stop the judge</source>
   <translation>Das urteilende Modell anhalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Tag</source>
   <translation>Tag</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>Whose votes</source>
   <translation>Wessen Stimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>every tag</source>
   <translation>alle Tags</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>everything together</source>
   <translation>alles zusammen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>judge {name}</source>
   <translation>Richter {name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>models</source>
   <translation>Modellen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>people</source>
   <translation>Menschen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>prompt versions</source>
   <translation>Prompt-Versionen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>{a} and {b}: the same on {same:.0%} of {pairings}, kappa {kappa}, alpha {alpha}</source>
   <translation>{a} und {b}: gleich bei {same:.0%} von {pairings}, Kappa {kappa}, Alpha {alpha}</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/arena/board.py" />
   <location filename="../../workbench/gui/experiments/wish.py" />
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>{n:,} items</source>
   <extracomment>For one: 1 item</extracomment>
   <translation>
    <numerusform>1 Item</numerusform>
    <numerusform>{n:,} Items</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/arena/board.py" />
   <source>{n:,} pairings</source>
   <extracomment>For one: 1 pairing</extracomment>
   <translation>
    <numerusform>1 Paarung</numerusform>
    <numerusform>{n:,} Paarungen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/arena/board.py" />
   <source>{n:,} votes</source>
   <extracomment>For one: 1 vote</extracomment>
   <translation>
    <numerusform>1 Stimme</numerusform>
    <numerusform>{n:,} Stimmen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board.py" />
   <source>{votes} on {items} · Bradley–Terry</source>
   <translation>{votes} zu {items} · Bradley–Terry</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_export.py" />
   <source>Everything as JSON…</source>
   <translation>Alles als JSON…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_export.py" />
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>Table as CSV…</source>
   <translation>Tabelle als CSV…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_export.py" />
   <source>There is no leaderboard to export.</source>
   <translation>Es gibt keine Bestenliste zu exportieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_export.py" />
   <source>Vote on a few pairings first.</source>
   <translation>Zuerst über ein paar Paarungen abstimmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_export.py" />
   <source>Win rates as PNG…</source>
   <translation>Gewinnquoten als PNG…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_export.py" />
   <source>Win rates as SVG…</source>
   <translation>Gewinnquoten als SVG…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source> · {both_bad:,} bad</source>
   <translation> · {both_bad:,} schlecht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>A tie and “both bad” count half a win each way.</source>
   <translation>Unentschieden und „beide schlecht“ zählen für jede Seite als halber Sieg.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>P(best)</source>
   <translation>P(beste)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>Points of the Elo scale: 400 are ten to one. The line is the 95 % interval.</source>
   <translation>Punkte der Elo-Skala: 400 entsprechen zehn zu eins. Die Linie ist das 95-%-Intervall.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>Share of the resamples in which it stands first.</source>
   <translation>Anteil der Resamples, in denen der Eintrag vorn liegt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>The ranks it takes in 95 of 100 resamples of the items.</source>
   <translation>Die Ränge in 95 von 100 Resamples der Items.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>name</source>
   <translation>Name</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <location filename="../../workbench/gui/tints.py" />
   <source>rank</source>
   <translation>Rang</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>rating, 95 %</source>
   <translation>Rating, 95 %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>won–lost–tied</source>
   <translation>S–N–U</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>{points_text} (no interval)</source>
   <translation>{points_text} (kein Intervall)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/board_table.py" />
   <source>{points_text} to {points_text_2}</source>
   <translation>{points_text} bis {points_text_2}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source> {same:,} were passed over: both replies are the same.</source>
   <translation> {same:,} wurden übergangen: Beide Antworten sind gleich.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>A is better.</source>
   <translation>A ist besser.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>A tie.</source>
   <translation>Unentschieden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Ask again in the other order</source>
   <translation>In umgekehrter Reihenfolge noch einmal fragen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>B is better.</source>
   <translation>B ist besser.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Both are bad.</source>
   <translation>Beide sind schlecht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Make new replies</source>
   <translation>Neue Antworten erzeugen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>No new replies were made.</source>
   <translation>Es wurden keine neuen Antworten erzeugt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Two columns are answering. Both replies are shown when both are there, so that speed gives nobody away. Esc stops.</source>
   <translation>Zwei Spalten antworten. Beide Antworten erscheinen erst, wenn beide da sind, damit die Geschwindigkeit niemanden verrät. Esc hält an.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Two replies to the same prompt with the same variables will stand here, without names. There are none in the history that differ in what you chose and that you have not judged.</source>
   <translation>Hier stehen zwei Antworten auf denselben Prompt mit denselben Variablen, ohne Namen. Im Verlauf gibt es keine, die sich im Gewählten unterscheiden und über die Sie noch nicht abgestimmt haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Vote first: 1 or ← for A, 2 or → for B, 3 for a tie, 4 if both are bad; S skips.</source>
   <translation>Zuerst abstimmen: 1 oder ← für A, 2 oder → für B, 3 für unentschieden, 4 wenn beide schlecht sind; S überspringt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>Which reply is better? Who wrote them is shown after the vote.</source>
   <translation>Welche Antwort ist besser? Wer sie geschrieben hat, erscheint nach der Stimme.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>You have judged every pairing.</source>
   <translation>Über alle Paarungen ist abgestimmt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>You have seen who wrote them; the vote will be marked as not blind.</source>
   <translation>Sie haben gesehen, wer geschrieben hat; die Stimme wird als nicht blind vermerkt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>{given:,} given now</source>
   <translation>{given:,} jetzt abgegeben</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>{n:,} pairings left</source>
   <extracomment>For one: 1 pairing left</extracomment>
   <translation>
    <numerusform>noch 1 Paarung</numerusform>
    <numerusform>noch {n:,} Paarungen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/controller.py" />
   <source>{said} Space shows the next pairing, U takes it back.</source>
   <translation>{said} Leertaste zeigt die nächste Paarung, U nimmt die Stimme zurück.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>A judge is</source>
   <translation>Ein Richter ist</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>Choose a higher temperature, other models, or a prompt with more freedom.</source>
   <translation>Eine höhere Temperatur, andere Modelle oder einen Prompt mit mehr Freiheit wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>It was stopped.</source>
   <translation>Es wurde angehalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <location filename="../../workbench/gui/compare/notices.py" />
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>No prompt or no model is there yet.</source>
   <translation>Noch ist kein Prompt oder kein Modell da.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <location filename="../../workbench/gui/compare/notices.py" />
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>Open both in the Prompt workspace, or wait until the model is loaded.</source>
   <translation>Beides im Arbeitsbereich „Prompt“ öffnen oder warten, bis das Modell geladen ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>The columns are</source>
   <translation>Die Spalten sind</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>Wait for the end, or stop it.</source>
   <translation>Das Ende abwarten oder anhalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>{most_equal} times in a row both columns said the same.</source>
   <translation>{most_equal} Mal in Folge haben beide Spalten dasselbe gesagt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/fresh.py" />
   <source>{who} at work.</source>
   <translation>{who} bei der Arbeit.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/judge_controller.py" />
   <source>Not judged: {problems}</source>
   <translation>Kein Urteil: {problems}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/judge_controller.py" />
   <source>nothing that it may judge and has not judged</source>
   <translation>nichts, worüber das Modell urteilen darf und noch nicht geurteilt hat</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/judge_controller.py" />
   <source>stopped; {said}</source>
   <translation>angehalten; {said}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/judge_controller.py" />
   <source>{name} {quantization} is loading…</source>
   <translation>{name} {quantization} wird geladen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/judge_controller.py" />
   <source>{number:,} decided…</source>
   <translation>{number:,} entschieden…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/judge_controller.py" />
   <source>{pairings:,} decided, {consistent:,} the same in both orders</source>
   <translation>{pairings:,} entschieden, {consistent:,} in beiden Reihenfolgen gleich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/pair_export.py" />
   <source>Judges' votes as preference pairs…</source>
   <translation>Stimmen der Richter als Präferenzpaare…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/pair_export.py" />
   <source>People's votes as preference pairs…</source>
   <translation>Stimmen von Menschen als Präferenzpaare…</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/arena/pair_export.py" />
   <source>{n:,} pairs</source>
   <extracomment>For one: One pair</extracomment>
   <translation>
    <numerusform>Ein Paar</numerusform>
    <numerusform>{n:,} Paare</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/pair_export.py" />
   <source>{what} written to {path}.</source>
   <translation>{what} nach {path} geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/reply_pane.py" />
   <source>Reply {letter}</source>
   <translation>Antwort {letter}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/reply_pane.py" />
   <source>Reply {letter}, by {name}. {mark}</source>
   <translation>Antwort {letter}, von {name}. {mark}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/reply_pane.py" />
   <source>✓ better</source>
   <translation>✓ besser</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>Replies of the history, those of the prompt that is open, or new ones by the columns</source>
   <translation>Antworten aus dem Verlauf, die des offenen Prompts oder neue der Spalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>Tags for the votes you give now, for a leaderboard of their own</source>
   <translation>Tags für die Stimmen, die Sie jetzt abgeben, für eine eigene Bestenliste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>Tags of votes</source>
   <translation>Tags der Stimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>What the replies differ in</source>
   <translation>Worin sich die Antworten unterscheiden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>What the two replies differ in, and nothing else</source>
   <translation>Worin sich die beiden Antworten unterscheiden, und in nichts anderem</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>Which replies</source>
   <translation>Welche Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>anything</source>
   <translation>Beliebigem</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>differ in {what}</source>
   <translation>verschieden in {what}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>new replies of the columns</source>
   <translation>neue Antworten der Spalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>stored replies</source>
   <translation>gespeicherte Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>stored, of this prompt</source>
   <translation>gespeicherte, dieses Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/space.py" />
   <source>tags of votes</source>
   <translation>Tags der Stimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>A is better</source>
   <translation>A ist besser</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>B is better</source>
   <translation>B ist besser</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Both bad</source>
   <translation>Beide schlecht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Fill the arena</source>
   <translation>Arena füllen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Skip  S</source>
   <translation>Überspringen  S</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Skip this pairing</source>
   <translation>Diese Paarung überspringen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Tie</source>
   <translation>Unentschieden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Undo  U</source>
   <translation>Rückgängig  U</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>Undo the last vote</source>
   <translation>Die letzte Stimme zurücknehmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>What was asked</source>
   <translation>Was gefragt wurde</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/voting.py" />
   <source>asked</source>
   <translation>gefragt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/win_matrix.py" />
   <source>, too one-sided to tell how far</source>
   <translation>, zu einseitig, um zu sagen wie weit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/win_matrix.py" />
   <source>, ± {half:,.0f} points</source>
   <translation>, ± {half:,.0f} Punkte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/win_matrix.py" />
   <source>Win rates</source>
   <translation>Gewinnquoten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/win_matrix.py" />
   <source>{a} and {b} never met.</source>
   <translation>{a} und {b} sind nie aufeinandergetroffen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/arena/win_matrix.py" />
   <source>{a} took {wins:.0%} of {votes:,.0f} votes from {b}{spread}</source>
   <translation>{a} gewann {wins:.0%} von {votes:,.0f} Stimmen gegen {b}{spread}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>Not available from this server: attention weights. Load the model as a GGUF file to see them.</source>
   <translation>Von diesem Server nicht verfügbar: Attention-Gewichte. Das Modell als GGUF-Datei laden, um sie zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>Nothing comes before the first token, so nothing was looked at to choose it.</source>
   <translation>Vor dem ersten Token steht nichts; um es zu wählen, wurde nichts angeschaut.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>The run still goes on; its attention can be seen when it has ended.</source>
   <translation>Der Lauf ist noch im Gange; seine Attention ist zu sehen, wenn er zu Ende ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>This run has no reply, so there is nothing to look at.</source>
   <translation>Dieser Lauf hat keine Antwort, also gibt es nichts anzuschauen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>This text is longer than the model's context, so the model never read it.</source>
   <translation>Dieser Text ist länger als der Kontext des Modells; das Modell hat ihn nie gelesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>click a token to see where it looked; the text is too long to keep all its weights</source>
   <translation>Token anklicken, um zu sehen, wohin es geschaut hat; der Text ist zu lang, um alle Gewichte zu behalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>flash attention off for this view</source>
   <translation>ohne Flash Attention</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>hover a token to see where it looked, click to keep it</source>
   <translation>auf ein Token zeigen, um zu sehen, wohin es geschaut hat; ein Klick hält es</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <location filename="../../workbench/gui/attention/heads.py" />
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>reading the text again, with flash attention off…</source>
   <translation>der Text wird noch einmal gelesen, mit Flash Attention aus…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>{missing} of {n_layer} layers have no matrix</source>
   <translation>{missing} von {n_layer} Schichten haben keine Matrix</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <source>{name} is not loaded; click a token to load it and look</source>
   <translation>{name} ist nicht geladen; ein Token anklicken, um zu laden und hinzuschauen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/controller.py" />
   <location filename="../../workbench/gui/attention/heads.py" />
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>{reading} {done:,} of {total:,} tokens</source>
   <translation>{reading} {done:,} von {total:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>Enter how many nats may be lost: a number from 0 on, such as 0.5.</source>
   <translation>Eingeben, wie viele nats verloren gehen dürfen: eine Zahl ab 0, etwa 0.5.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>Select tokens of the prompt first: drag over them in the text.</source>
   <translation>Zuerst Token des Prompts auswählen: im Text darüberziehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>The prompt has no such parts; choose others.</source>
   <translation>Der Prompt hat keine solchen Teile; andere wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>without {label}: {change} nats over the reply</source>
   <translation>ohne {label}: {change} nats über die Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>{done:,} of {total:,} · {left:,.0f} s left</source>
   <translation>{done:,} von {total:,} · noch {left:,.0f} s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>{name} is not loaded. Measuring loads it.</source>
   <translation>{name} ist nicht geladen. Das Messen lädt es.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/explaining.py" />
   <source>{said} · full colour: ±{full:.2f} nats for one token</source>
   <translation>{said} · volle Farbe: ±{full:.2f} nats für ein Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>Click a token first.</source>
   <translation>Zuerst ein Token anklicken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>Click a token, and its row is written.</source>
   <translation>Ein Token anklicken; dann wird seine Zeile geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>Nothing was measured yet.</source>
   <translation>Noch wurde nichts gemessen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>Press Measure first.</source>
   <translation>Zuerst auf „Messen“ drücken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>The picture cannot be made; the text is probably too long for one.</source>
   <translation>Das Bild lässt sich nicht erzeugen; der Text ist wohl zu lang dafür.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>The weights of the whole text do not fit into memory.</source>
   <translation>Die Gewichte des ganzen Textes passen nicht in den Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>There are no shares to write.</source>
   <translation>Es gibt keine Anteile zu schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/exporting.py" />
   <source>There are no weights to write.</source>
   <translation>Es gibt keine Gewichte zu schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>Click a token; the heads that look most are named for it.</source>
   <translation>Ein Token anklicken; die Köpfe, die am stärksten schauen, werden dafür genannt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>Entropy of a row over its largest value: 0 one token, 1 all alike</source>
   <translation>Entropie einer Zeile durch ihren größtmöglichen Wert: 0 ein Token, 1 alle gleich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>KV head {head}</source>
   <translation>KV-Kopf {head}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>L{layer}·H{head} looks like {article} head ({score} %, evenly spread {chance} %)</source>
   <translation>L{layer}·H{head} sieht aus wie {article}-Kopf ({score} %, gleich verteilt {chance} %)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>Mean weight on earlier copies of the same token</source>
   <translation>Mittleres Gewicht auf früheren Vorkommen desselben Tokens</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>Mean weight on the first token of the text</source>
   <translation>Mittleres Gewicht auf dem ersten Token des Textes</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>Mean weight on the token just before</source>
   <translation>Mittleres Gewicht auf dem Token unmittelbar davor</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>Mean weight on what followed earlier copies of the token</source>
   <translation>Mittleres Gewicht auf dem, was auf frühere Vorkommen des Tokens folgte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>The largest weight away from the first token, in the row or column shown; on a part of the prompt while its bar is pointed at</source>
   <translation>Das größte Gewicht abseits des ersten Tokens in der gezeigten Zeile oder Spalte; auf einem Teil des Prompts, solange auf dessen Balken gezeigt wird</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>a duplicate-token</source>
   <translation>ein Duplikat-Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>a first-token (sink)</source>
   <translation>ein Erstes-Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>a previous-token</source>
   <translation>ein Vorheriges-Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>an induction</source>
   <translation>ein Induktions</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>for this token</source>
   <translation>für dieses Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>how widely</source>
   <translation>wie breit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>largest weight when choosing {label}</source>
   <translation>größtes Gewicht beim Wählen von {label}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>largest weight when reading {label}</source>
   <translation>größtes Gewicht beim Lesen von {label}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>layer {layer} head {head}: </source>
   <translation>Schicht {layer} Kopf {head}: </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>mean over the text; click a token for its own</source>
   <translation>Mittel über den Text; für das eines Tokens dieses anklicken</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>mean weight on {label}</source>
   <translation>mittleres Gewicht auf {label}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>n/a on this text</source>
   <translation>n. v. bei diesem Text</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>sees {window:,} tokens back</source>
   <translation>sieht {window:,} Token zurück</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>this model has learned sinks: up to {max} % of a head's attention goes to no token</source>
   <translation>dieses Modell hat gelernte Sinks: bis zu {max} % der Attention eines Kopfes gehen auf kein Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>weight on the lit part, {value}: {label}</source>
   <translation>Gewicht auf dem beleuchteten Teil, {value}: {label}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/heads.py" />
   <source>{n_missing} layers have no matrix: {next}</source>
   <translation>{n_missing} Schichten haben keine Matrix: {next}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>KL to last {kl_to_final:.2f} nats</source>
   <translation>KL zur letzten {kl_to_final:.2f} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>Puts the output head of {name} behind each of its {n_layer} layers, for {n_ids:,} tokens.</source>
   <translation>Setzt den Ausgabekopf von {name} hinter jede seiner {n_layer} Schichten, für {n_ids:,} Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <location filename="../../workbench/gui/card_data.py" />
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>entropy {entropy:.2f} nats</source>
   <translation>Entropie {entropy:.2f} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>exactly the model's logits</source>
   <translation>genau die Logits des Modells</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>layer {layer} behind {labels}:  {best}</source>
   <translation>Schicht {layer} hinter {labels}:  {best}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>looking through the layers…</source>
   <translation>durch die Schichten wird geschaut…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>rank of {final}: </source>
   <translation>Rang von {final}: </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>within {apart:.0e} of the model's logits</source>
   <translation>bis auf {apart:.0e} die Logits des Modells</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens.py" />
   <source>{unadjusted} · last layer: {near}</source>
   <translation>{unadjusted} · letzte Schicht: {near}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens_files.py" />
   <source>A picture of {n_labels:,} positions would be too wide.</source>
   <translation>Ein Bild von {n_labels:,} Positionen wäre zu breit.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens_files.py" />
   <location filename="../../workbench/gui/panels/lens_grid.py" />
   <location filename="../../workbench/gui/panels/matrix_or_lens.py" />
   <source>Logit lens</source>
   <translation>Logit Lens</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/lens_files.py" />
   <location filename="../../workbench/gui/pictures.py" />
   <source>Write the figures as NPZ or CSV.</source>
   <translation>Die Zahlen als NPZ oder CSV schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/looked.py" />
   <source>choosing it</source>
   <translation>beim Wählen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/looked.py" />
   <source>reading it</source>
   <translation>beim Lesen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/looked.py" />
   <source>seen by</source>
   <translation>gesehen von</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source> (KV head {group})</source>
   <translation> (KV-Kopf {group})</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>The matrices of all layers of this text do not fit into memory together; choose one layer.</source>
   <translation>Die Matrizen aller Schichten dieses Textes passen nicht zusammen in den Speicher; eine Schicht wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>{name} reads the {number:,} tokens again, with flash attention off; a matrix of one head is {number:,} x {number:,} weights.</source>
   <translation>{name} liest die {number:,} Token noch einmal, mit Flash Attention aus; die Matrix eines Kopfes hat {number:,} x {number:,} Gewichte.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>{query}  cannot look at  {key}: it comes later</source>
   <translation>{query}  kann nicht schauen auf  {key}: Es kommt später</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>{query}  cannot look at  {key}: it is outside this layer's window</source>
   <translation>{query}  kann nicht schauen auf  {key}: Es liegt außerhalb des Fensters dieser Schicht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix.py" />
   <source>{query}  looks at  {key}:  {weight} %</source>
   <translation>{query}  schaut auf  {key}:  {weight} %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix_files.py" />
   <source>A table of {n_labels:,} x {n_labels:,} cells is too large.</source>
   <translation>Eine Tabelle von {n_labels:,} x {n_labels:,} Zellen ist zu groß.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix_files.py" />
   <source>Attention weights, {title}</source>
   <translation>Attention-Gewichte, {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix_files.py" />
   <source>Attention, {title}</source>
   <translation>Attention, {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix_files.py" />
   <source>Write the weights as NPZ.</source>
   <translation>Die Gewichte als NPZ schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/matrix_files.py" />
   <source>rows: the token that looks · columns: the token it looks at · grey: cannot look · colour by the square root of the weight, dark blue 0, yellow 1</source>
   <translation>Zeilen: das Token, das schaut · Spalten: das Token, auf das es schaut · grau: kann nicht schauen · Farbe nach der Wurzel des Gewichts, dunkelblau 0, gelb 1</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/sources.py" />
   <source>Shares are of one token's row. Choose “choosing it” or “reading it” to see them.</source>
   <translation>Anteile gelten für die Zeile eines Tokens. „beim Wählen“ oder „beim Lesen“ einstellen, um sie zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/steering.py" />
   <source>Generate a reply first; it is what the steered one is compared with.</source>
   <translation>Zuerst eine Antwort generieren; mit ihr wird die gesteuerte verglichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/steering.py" />
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Save the control vector</source>
   <translation>Kontrollvektor speichern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/steering.py" />
   <source>strength 0 · {total} nats under the vector · full colour: ±{full:.2f}</source>
   <translation>Stärke 0 · {total} nats unter dem Vektor · volle Farbe: ±{full:.2f}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/steering.py" />
   <source>strength {strength:g} · same seed · what differs is lit</source>
   <translation>Stärke {strength:g} · gleicher Seed · Unterschiede sind beleuchtet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/attention/steering.py" />
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>{done:,} of {total:,}</source>
   <translation>{done:,} von {total:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_controller.py" />
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>No model is loaded yet.</source>
   <translation>Noch ist kein Modell geladen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_controller.py" />
   <source>Stopped. Choose a token, or another depth, to look again.</source>
   <translation>Angehalten. Ein Token oder eine andere Tiefe wählen, um noch einmal zu schauen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_controller.py" />
   <location filename="../../workbench/gui/microscope/controller.py" />
   <location filename="../../workbench/gui/peek_controller.py" />
   <source>after the run</source>
   <translation>nach dem Lauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_controller.py" />
   <source>behind the reply</source>
   <translation>hinter der Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_controller.py" />
   <source>in place of {token_words}, token {index:,}</source>
   <translation>anstelle von {token_words}, Token {index:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>Depth in tokens</source>
   <translation>Tiefe in Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>Fork the reply: it goes on behind this continuation.</source>
   <translation>Die Antwort abzweigen: Sie geht hinter dieser Fortsetzung weiter.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>Left: how likely the whole continuation is. Right: how likely its last token is behind the ones before. Before any sampler.</source>
   <translation>Links: wie wahrscheinlich die ganze Fortsetzung ist. Rechts: wie wahrscheinlich ihr letztes Token hinter den vorigen ist. Vor allen Samplern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>Say this ↵</source>
   <translation>Das ausgeben ↵</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>The likeliest continuations stand here as a tree, with the probability of each, once a reply or one of its tokens is chosen.</source>
   <translation>Hier stehen die wahrscheinlichsten Fortsetzungen als Baum, jede mit ihrer Wahrscheinlichkeit, sobald eine Antwort oder eines ihrer Token gewählt ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>Tokens listed at each place</source>
   <translation>Token je Stelle in der Liste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>depth</source>
   <translation>Tiefe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <source>together · own %</source>
   <translation>zusammen · eigene %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_panel.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>width</source>
   <translation>Breite</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_side.py" />
   <source>Ahead</source>
   <translation>Voraus</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_side.py" />
   <source>The likeliest continuations from the chosen token, as a tree with probabilities.</source>
   <translation>Die wahrscheinlichsten Fortsetzungen ab dem gewählten Token, als Baum mit Wahrscheinlichkeiten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_view.py" />
   <source> · ends the reply</source>
   <translation> · beendet die Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_view.py" />
   <source>Likely continuations</source>
   <translation>Wahrscheinliche Fortsetzungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_view.py" />
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>all other tokens · {p} %</source>
   <translation>alle anderen Token · {p} %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_view.py" />
   <location filename="../../workbench/gui/card_data.py" />
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <location filename="../../workbench/gui/hover_card.py" />
   <location filename="../../workbench/gui/microscope/stage_paint.py" />
   <location filename="../../workbench/gui/panels/next_token.py" />
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <location filename="../../workbench/gui/probabilities/plots.py" />
   <source>others</source>
   <translation>andere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ahead_view.py" />
   <source>“{words}” · {p} % · this token {own} %{end}</source>
   <translation>„{words}“ · {p} % · dieses Token {own} %{end}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns.py" />
   <source>Continuation</source>
   <translation>Fortsetzung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns.py" />
   <source>Put the columns away</source>
   <translation>Die Spalten ausblenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns.py" />
   <source>{words}
Click to show this reply.</source>
   <translation>{words}
Klicken, um diese Antwort zu zeigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>behind token {same:,}: {reply_facts}</source>
   <translation>hinter Token {same:,}: {reply_facts}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>from token {at:,} on</source>
   <translation>ab Token {at:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>nothing in common</source>
   <translation>nichts gemeinsam</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <location filename="../../workbench/gui/compare/space.py" />
   <location filename="../../workbench/gui/compare/wishes.py" />
   <location filename="../../workbench/gui/prompt_settings.py" />
   <source>seed {seed}</source>
   <translation>Seed {seed}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>the first {most} are shown</source>
   <translation>die ersten {most} sind gezeigt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>the first {same:,} tokens are the same</source>
   <translation>die ersten {same:,} Token sind gleich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>{count} continuations</source>
   <translation>{count} Fortsetzungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>{count} replies</source>
   <translation>{count} Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/columns_controller.py" />
   <source>{n_texts} branches compared</source>
   <translation>{n_texts} Zweige im Vergleich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/edit_strip.py" />
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/compare/text_dialog.py" />
   <location filename="../../workbench/gui/dialogs/chat_template_dialog.py" />
   <location filename="../../workbench/gui/dialogs/name_dialog.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/edit_strip.py" />
   <source>Continue from here ↵</source>
   <translation>Von hier fortfahren ↵</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/edit_strip.py" />
   <source>The text to say instead</source>
   <translation>Der Text, der stattdessen steht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/edit_strip.py" />
   <source>What stands behind this text is said anew (Shift+Enter: a new line).</source>
   <translation>Was hinter diesem Text steht, wird neu erzeugt (Umschalt+Eingabe: neue Zeile).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>Edit the prompt to change it.</source>
   <translation>Zum Ändern den Prompt bearbeiten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>Generate one, or open a run, and choose a token in it.</source>
   <translation>Eine generieren oder einen Lauf öffnen und darin ein Token wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>Load the model that made this reply.</source>
   <translation>Das Modell laden, das diese Antwort erzeugt hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>Load {stem}</source>
   <translation>{stem} laden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>Only a reply can be forked; this token is the prompt's.</source>
   <translation>Nur eine Antwort lässt sich abzweigen; dieses Token gehört zum Prompt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/fork_controller.py" />
   <source>There is no reply to fork.</source>
   <translation>Es gibt keine Antwort zum Abzweigen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/ghost.py" />
   <source>Preview: {words}</source>
   <translation>Vorschau: {words}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>&amp;Continue the reply</source>
   <translation>Antwort &amp;fortsetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>&amp;Edit from here…	E</source>
   <translation>Ab hier &amp;bearbeiten…	E</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>&amp;Look ahead from here	L</source>
   <translation>Ab hier &amp;vorausschauen	L</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>&amp;Regenerate from here	R</source>
   <translation>Ab hier neu &amp;erzeugen	R</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>Instead of tokens {first:,} to {last:,} and all behind them:</source>
   <translation>Anstelle der Token {first:,} bis {last:,} und allem dahinter:</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>Instead of {words}, token {first:,}, and all behind it:</source>
   <translation>Anstelle von {words}, Token {first:,}, und allem dahinter:</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>Say instead</source>
   <translation>Stattdessen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/reply_tools.py" />
   <source>Se&amp;veral continuations from here</source>
   <translation>&amp;Mehrere Fortsetzungen ab hier</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/side.py" />
   <source>The forks of this reply as a tree: open, compare, name, delete.</source>
   <translation>Die Abzweigungen dieser Antwort als Baum: öffnen, vergleichen, benennen, löschen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_controller.py" />
   <location filename="../../workbench/gui/compare/controller.py" />
   <location filename="../../workbench/gui/editor/block_list.py" />
   <location filename="../../workbench/gui/file_operations.py" />
   <location filename="../../workbench/gui/history/keeper.py" />
   <location filename="../../workbench/gui/keymap.py" />
   <location filename="../../workbench/gui/library_controller.py" />
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_controller.py" />
   <source>What was forked from it stays.</source>
   <translation>Was davon abgezweigt wurde, bleibt.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/branches/tree_controller.py" />
   <source>{n} runs are deleted.</source>
   <extracomment>For one: 1 run is deleted.</extracomment>
   <translation>
    <numerusform>1 Lauf ist gelöscht.</numerusform>
    <numerusform>{n} Läufe sind gelöscht.</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>&amp;Compare	C</source>
   <translation>&amp;Vergleichen	C</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>&amp;Delete	Del</source>
   <translation>&amp;Löschen	Entf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>&amp;Rename	F2</source>
   <translation>&amp;Umbenennen	F2</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>&amp;Undo the last deletion	Ctrl+Z</source>
   <translation>Letztes Löschen &amp;rückgängig	Strg+Z</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>1 run</source>
   <translation>1 Lauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>Bring &amp;back</source>
   <translation>&amp;Zurückholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>Delete the selected runs; their forks stay (Del). It can be undone.</source>
   <translation>Die ausgewählten Läufe löschen; ihre Abzweigungen bleiben (Entf). Lässt sich rückgängig machen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>Delete with &amp;all its forks</source>
   <translation>Mit &amp;allen Abzweigungen löschen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>Forks of a reply stand here as a tree. Keep a token open with a click and choose what to say instead, or right-click one: regenerate, edit, several continuations.</source>
   <translation>Hier stehen die Abzweigungen einer Antwort als Baum. Ein Token mit einem Klick offen halten und wählen, was stattdessen stehen soll, oder mit Rechtsklick: neu erzeugen, bearbeiten, mehrere Fortsetzungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>Give this run a name (F2).</source>
   <translation>Diesem Lauf einen Namen geben (F2).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <location filename="../../workbench/gui/file_operations.py" />
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>Show 2 to {most} selected replies beside each other (C).</source>
   <translation>2 bis {most} ausgewählte Antworten nebeneinander zeigen (C).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_panel.py" />
   <source>{runs:,} runs</source>
   <translation>{runs:,} Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_view.py" />
   <source>. deleted</source>
   <translation>. gelöscht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_view.py" />
   <source>deleted · {caption}</source>
   <translation>gelöscht · {caption}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/branches/tree_view.py" />
   <source>{caption}
run {run_id}</source>
   <translation>{caption}
Lauf {run_id}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <source>bytes {hex}{cut}</source>
   <translation>Bytes {hex}{cut}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <source>entropy n/a</source>
   <translation>Entropie n. v.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>model %</source>
   <translation>Modell %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>no bytes</source>
   <translation>keine Bytes</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>sampled %</source>
   <translation>gez. %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <source>token {index:,} · id not told · rank {rank}</source>
   <translation>Token {index:,} · ID nicht genannt · Rang {rank}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <source>token {index:,} · id {id:,} · rank {rank}</source>
   <translation>Token {index:,} · ID {id:,} · Rang {rank}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <source>{logprob:.1f} nats</source>
   <translation>{logprob:.1f} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/card_data.py" />
   <source>{p_sampled} % after the samplers</source>
   <translation>{p_sampled} % nach den Samplern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_choice.py" />
   <source>Choose another one, or the model's own.</source>
   <translation>Eine andere wählen, oder die des Modells.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_choice.py" />
   <source>The chat template cannot be used: {message}</source>
   <translation>Die Chat-Vorlage lässt sich nicht verwenden: {message}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_choice.py" />
   <source>none, plain</source>
   <translation>keine, schlicht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_choice.py" />
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>the model's own</source>
   <translation>die des Modells</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_choice.py" />
   <source>the server's</source>
   <translation>die des Servers</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>Chat template: {words}</source>
   <translation>Chat-Vorlage: {words}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>Chat templates (*.jinja *.jinja2 *.j2 *.txt *.json);;All files (*)</source>
   <translation>Chat-Vorlagen (*.jinja *.jinja2 *.j2 *.txt *.json);;Alle Dateien (*)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>Choose a chat template</source>
   <translation>Eine Chat-Vorlage wählen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>Edit…</source>
   <translation>Bearbeiten…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>From a file…</source>
   <translation>Aus einer Datei…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>How messages are written for this model; kept per model.</source>
   <translation>Wie Nachrichten für dieses Modell geschrieben werden; je Modell gemerkt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>The model's own</source>
   <translation>Die des Modells</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/chat_template_controller.py" />
   <source>chat template: {words} ▾</source>
   <translation>Chat-Vorlage: {words} ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/bridge.py" />
   <source>Reading the prompt: {done:,} of {total:,} tokens</source>
   <translation>Prompt wird gelesen: {done:,} von {total:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/bridge.py" />
   <source>Reading the prompt…</source>
   <translation>Prompt wird gelesen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>Add {number}</source>
   <translation>{number} hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/compare/page.py" />
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Columns</source>
   <translation>Spalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>How many seeds each of these runs with.</source>
   <translation>Mit wie vielen Seeds jede davon läuft.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Prompts</source>
   <translation>Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Replace all</source>
   <translation>Alle ersetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>Replies of each column, made in one batch.</source>
   <translation>Antworten je Spalte, in einem Batch erzeugt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>Samples per column</source>
   <translation>Stichproben je Spalte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>Seeds</source>
   <translation>Seeds</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>Space ticks, Tab goes on, Enter adds. Every combination is a column.</source>
   <translation>Leertaste hakt an, Tab geht weiter, Eingabe fügt hinzu. Jede Kombination ist eine Spalte.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>Tick at least one of each.</source>
   <translation>Von jedem mindestens eines anhaken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>as it stands</source>
   <translation>wie er steht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>as they stand</source>
   <translation>wie sie stehen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>dd MMM yyyy, HH:mm</source>
   <comment>pattern of a date</comment>
   <translation>d. MMM yyyy, HH:mm</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>samples per column</source>
   <translation>Stichproben je Spalte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>saved {when}</source>
   <translation>gespeichert {when}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>seeds</source>
   <translation>Seeds</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>{number} columns, and there is room for {room} more: replace those that are there.</source>
   <translation>{number} Spalten, und Platz ist für {room} weitere: die vorhandenen ersetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/chooser.py" />
   <source>{number} columns; there can be {most}.</source>
   <translation>{number} Spalten; möglich sind {most}.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/compare/chooser.py" />
   <location filename="../../workbench/gui/compare/controller.py" />
   <source>{n} columns</source>
   <extracomment>For one: 1 column</extracomment>
   <translation>
    <numerusform>1 Spalte</numerusform>
    <numerusform>{n} Spalten</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/choosing.py" />
   <source>Another seed</source>
   <translation>Anderer Seed</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/choosing.py" />
   <source>Choose…	Ctrl+Shift+C</source>
   <translation>Wählen…	Strg+Umschalt+C</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/choosing.py" />
   <source>Earlier comparisons</source>
   <translation>Frühere Vergleiche</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/choosing.py" />
   <location filename="../../workbench/gui/experiments/evaluations.py" />
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/panels/history.py" />
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>dd MMM HH:mm</source>
   <comment>pattern of a date</comment>
   <translation>d. MMM HH:mm</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/choosing.py" />
   <source>{when} · {prompt_name} · {n_labels} columns</source>
   <translation>{when} · {prompt_name} · {n_labels} Spalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Actions of column {title}</source>
   <translation>Aktionen der Spalte {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Drop this column</source>
   <translation>Diese Spalte entfernen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Hold the others against this one</source>
   <translation>Die anderen mit dieser vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Next reply (→)</source>
   <translation>Nächste Antwort (→)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Pin: keep this reply when all run</source>
   <translation>Anheften: diese Antwort behalten, wenn alle laufen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Reply of column {title}</source>
   <translation>Antwort der Spalte {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Run this column again</source>
   <translation>Diese Spalte noch einmal ausführen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Show this run</source>
   <translation>Diesen Lauf zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Stop this column</source>
   <translation>Diese Spalte anhalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>The reply before (←)</source>
   <translation>Vorherige Antwort (←)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>Use it in the prompt editor</source>
   <translation>Im Prompt-Editor verwenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>mean KL to base</source>
   <translation>mittlere KL zur Basis</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/column_view.py" />
   <source>your votes</source>
   <translation>Ihre Stimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/columns.py" />
   <source>It was stopped before the first token.</source>
   <translation>Vor dem ersten Token angehalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/columns.py" />
   <source>The reply is empty: the model ended it at once.</source>
   <translation>Die Antwort ist leer: Das Modell hat sie sofort beendet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/controller.py" />
   <source> · base</source>
   <translation> · Basis</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/controller.py" />
   <source> · pinned</source>
   <translation> · angeheftet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/controller.py" />
   <source>Column {letter} is dropped.</source>
   <translation>Spalte {letter} ist entfernt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/controller.py" />
   <source>Column {letter} was not saved: {save_error}</source>
   <translation>Spalte {letter} wurde nicht gespeichert: {save_error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/controller.py" />
   <source>Column {letter}: {error}</source>
   <translation>Spalte {letter}: {error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/controller.py" />
   <source>The columns are others now.</source>
   <translation>Die Spalten sind jetzt andere.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source> · flip</source>
   <translation> · Kippstelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>back {kl_reverse} · JS {js:.3g} · TV {tv:.3g} · prefers it: {preferred}</source>
   <translation>zurück {kl_reverse} · JS {js:.3g} · TV {tv:.3g} · eher: {preferred}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>bits per byte: {a} {bits_per_byte_a:.3f} · {b} {bits_per_byte_b:.3f} · cheaper for {cheaper}</source>
   <translation>Bits je Byte: {a} {bits_per_byte_a:.3f} · {b} {bits_per_byte_b:.3f} · günstiger für {cheaper}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>both alike</source>
   <translation>beide gleich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>token {index:,} · id {token:,}{flip}</source>
   <translation>Token {index:,} · ID {token:,}{flip}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>word {number:,} · bytes {start:,} to {end:,}</source>
   <translation>Wort {number:,} · Bytes {start:,} bis {end:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>←→ walk · Esc releases</source>
   <translation>←→ gehen · Esc gibt frei</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_card.py" />
   <source>←→ walk · N P to the next or last flip · Esc releases</source>
   <translation>←→ gehen · N P Kippstellen · Esc gibt frei</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>Copy every token with its numbers, for a spreadsheet</source>
   <translation>Jedes Token mit seinen Zahlen kopieren, für eine Tabellenkalkulation</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>Copy table</source>
   <translation>Tabelle kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>Next flip (N)</source>
   <translation>Nächste Kippstelle (N)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>The flip before (P)</source>
   <translation>Vorherige Kippstelle (P)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>The text both sides read, coloured by how they differ</source>
   <translation>Der Text, den beide Seiten lesen, gefärbt nach ihrem Unterschied</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Token by token</source>
   <translation>Token für Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>What colours the tokens</source>
   <translation>Was die Token färbt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>Which column is held against the base</source>
   <translation>Welche Spalte mit der Basis verglichen wird</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>Which text both sides read</source>
   <translation>Welchen Text beide Seiten lesen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>a file…</source>
   <translation>eine Datei…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>a text…</source>
   <translation>ein Text…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>flip {at:,} of {count:,}</source>
   <translation>Kippstelle {at:,} von {count:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{base}'s reply</source>
   <translation>Antwort von {base}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <source>{count:,} flips</source>
   <translation>{count:,} Kippstellen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/diff_panel.py" />
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{other}'s reply</source>
   <translation>Antwort von {other}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source> · about {passed:,.0f} s left</source>
   <translation> · noch etwa {passed:,.0f} s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <location filename="../../workbench/gui/compare/text_dialog.py" />
   <source>A text to compare on</source>
   <translation>Ein Text zum Vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Comparing token {done:,} of {total:,}{left}. Esc stops.</source>
   <translation>Token {done:,} von {total:,} wird verglichen{left}. Esc hält an.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Comparing…</source>
   <translation>Vergleich läuft…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Once two columns ran, one text forced through both stands here, token by token.</source>
   <translation>Sobald zwei Spalten gelaufen sind, steht hier ein Text, den beide lesen mussten, Token für Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Settings and seeds choose among the same probabilities; models and prompts change them.</source>
   <translation>Einstellungen und Seeds wählen aus denselben Wahrscheinlichkeiten; Modelle und Prompts ändern sie.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Stopped. Choose what to look at to compare again.</source>
   <translation>Angehalten. Wählen, was verglichen werden soll, um neu zu beginnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Two columns that ran are needed to hold them against each other.</source>
   <translation>Zum Vergleich braucht es zwei Spalten, die gelaufen sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Where {b} differs from {a}, token by token</source>
   <translation>Wo {b} von {a} abweicht, Token für Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>Where {b} differs from {a}, word by word</source>
   <translation>Wo {b} von {a} abweicht, Wort für Wort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>n/a</source>
   <translation>n. v.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>the given text</source>
   <translation>der gegebene Text</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{forced} The likeliest token is the same everywhere.</source>
   <translation>{forced} Überall ist dasselbe Token das wahrscheinlichste.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{forced} The vocabularies differ, so no token can be compared: words are held against each other byte by byte, in bits.</source>
   <translation>{forced} Die Vokabulare sind verschieden, also lässt sich kein Token vergleichen: Wörter werden Byte für Byte in Bits verglichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{forced} Underlined: another token is likeliest, first at token {first:,}.</source>
   <translation>{forced} Unterstrichen: Ein anderes Token ist das wahrscheinlichste, zuerst bei Token {first:,}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{more:+.3f} bits/byte</source>
   <translation>{more:+.3f} Bits/Byte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/differences.py" />
   <source>{name}, forced through both columns behind their own prompts.</source>
   <translation>{name}, von beiden Spalten hinter ihrem eigenen Prompt gelesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>Loading the models…</source>
   <translation>Modelle werden geladen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>Queued behind {before}: there are more models than processor cores.</source>
   <translation>Wartet auf {before}: Es sind mehr Modelle als Prozessorkerne.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>Queued behind {before}: {memory_words}.</source>
   <translation>Wartet auf {before}: {memory_words}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>These models do not fit into memory together: {steps}.</source>
   <translation>Diese Modelle passen nicht zusammen in den Speicher: {steps}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>an unknown amount</source>
   <translation>unbekannt viel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>first</source>
   <translation>zuerst</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>needs about {needed} of {free} free</source>
   <translation>braucht etwa {needed} von {free}, die frei sind</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>needs an unknown amount of memory</source>
   <translation>braucht unbekannt viel Speicher</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>needs no more memory</source>
   <translation>braucht keinen weiteren Speicher</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>then</source>
   <translation>dann</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <location filename="../../workbench/gui/dialogs/loss_words.py" />
   <source>{names} and {last}</source>
   <translation>{names} und {last}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/memory_words.py" />
   <source>{ram}, on the GPU about {needed} of {free} free</source>
   <translation>{ram}, auf der GPU etwa {needed} von {free}, die frei sind</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/notices.py" />
   <source>Columns are running.</source>
   <translation>Es laufen Spalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/notices.py" />
   <source>Every column is pinned.</source>
   <translation>Jede Spalte ist angeheftet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/notices.py" />
   <source>Stop them first (Esc), or wait.</source>
   <translation>Zuerst anhalten (Esc) oder warten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/notices.py" />
   <source>Take a pin away (P), or add a column.</source>
   <translation>Eine Spalte lösen (P) oder eine hinzufügen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/notices.py" />
   <source>The reply will stand here. Ctrl+Enter runs all columns.</source>
   <translation>Hier steht die Antwort. Strg+Eingabe führt alle Spalten aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/page.py" />
   <location filename="../../workbench/gui/help_pages.py" />
   <source>Comparing</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/promoting.py" />
   <location filename="../../workbench/gui/prompt_controller.py" />
   <source>No prompt is open.</source>
   <translation>Kein Prompt ist offen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/promoting.py" />
   <source>Open one in the Prompt workspace.</source>
   <translation>Einen im Arbeitsbereich „Prompt“ öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/shown_diff.py" />
   <location filename="../../workbench/experiments/diff_facts.py" />
   <source>bits per byte</source>
   <translation>Bits je Byte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/space.py" />
   <source>+ column</source>
   <translation>+ Spalte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/space.py" />
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Add a column</source>
   <translation>Eine Spalte hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/space.py" />
   <source>Choose columns (Ctrl+Shift+C)</source>
   <translation>Spalten wählen (Strg+Umschalt+C)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/space.py" />
   <source>Only what differs</source>
   <translation>Nur Unterschiede</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/space.py" />
   <source>Run all</source>
   <translation>Alle ausführen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/space.py" />
   <source>different only</source>
   <translation>nur Unterschiede</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/text_dialog.py" />
   <source>Ctrl+Enter compares</source>
   <translation>Strg+Eingabe vergleicht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/text_dialog.py" />
   <source>It is read behind each column's own prompt, exactly as it stands here: a word at its beginning usually needs a space in front.</source>
   <translation>Er wird hinter dem Prompt jeder Spalte gelesen, genau wie er hier steht: Ein Wort am Anfang braucht meist ein Leerzeichen davor.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/text_dialog.py" />
   <source>The text both models read</source>
   <translation>Der Text, den beide Modelle lesen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Against all other columns together; “both bad” counts as a tie.</source>
   <translation>Gegen alle anderen Spalten zusammen; „beide schlecht“ zählt als unentschieden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Different prompts and variables that were judged.</source>
   <translation>Verschiedene Prompts und Variablen, über die abgestimmt wurde.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Once two columns ran, your votes on them stand here.</source>
   <translation>Sobald zwei Spalten gelaufen sind, stehen hier Ihre Stimmen dazu.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Points won of those that could be: a win is one, a tie or “both bad” half. The line is the 95 % Wilson interval; several votes on one item count as fewer than on as many items.</source>
   <translation>Gewonnene Punkte von den möglichen: Ein Sieg zählt eins, unentschieden oder „beide schlecht“ halb. Die Linie ist das 95-%-Wilson-Intervall; mehrere Stimmen zu einem Item zählen weniger als zu ebenso vielen Items.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Two replies without names; you say which is better (the Arena tab)</source>
   <translation>Zwei Antworten ohne Namen; Sie sagen, welche besser ist (der Reiter „Arena“)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Vote blind</source>
   <translation>Blind abstimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Vote blind in the arena</source>
   <translation>In der Arena blind abstimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Votes cannot tell these columns apart: model, settings and prompt are the same.</source>
   <translation>Stimmen können diese Spalten nicht unterscheiden: Modell, Einstellungen und Prompt sind gleich.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>You have not yet judged what stands in these columns against each other. In the arena you see two replies without names, and say which is better; what you said is counted here.</source>
   <translation>Sie haben noch nicht über das abgestimmt, was in diesen Spalten steht. In der Arena sehen Sie zwei Antworten ohne Namen und sagen, welche besser ist; das wird hier gezählt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>Your votes</source>
   <translation>Ihre Stimmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>against {letter}: {wins:,} won, {losses:,} lost, {ties:,} tied</source>
   <translation>gegen {letter}: {wins:,} gewonnen, {losses:,} verloren, {ties:,} unentschieden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>won, 95 %</source>
   <translation>gewonnen, 95 %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>{low:.0%} to {high:.0%} in 95 of 100 cases</source>
   <translation>{low:.0%} bis {high:.0%} in 95 von 100 Fällen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/votes_panel.py" />
   <source>{plural} of {decisions:,} · {share:.0%}</source>
   <translation>{plural} von {decisions:,} · {share:.0%}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/wishes.py" />
   <source>seed +{seed_shift}</source>
   <translation>Seed +{seed_shift}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/wishes.py" />
   <source>top-p {top_p:g}</source>
   <translation>top-p {top_p:g}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare/wishes.py" />
   <source>{n_samples} samples</source>
   <translation>{n_samples} Stichproben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source> It differs from token {index:,} on: “{said}” → “{now}”.</source>
   <translation> Ab Token {index:,} weicht er ab: „{said}“ → „{now}“.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source> The two were {logit_gap:.3g} logits apart.</source>
   <translation> Die beiden lagen {logit_gap:.3g} Logits auseinander.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>A run is under way.</source>
   <translation>Ein Lauf ist im Gange.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>Identical. {explanation}</source>
   <translation>Identisch. {explanation}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>Replay this one when it has ended.</source>
   <translation>Diesen wiederholen, wenn er zu Ende ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>The run is made again…</source>
   <translation>Der Lauf wird noch einmal gemacht…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>expected {expected_text!r} (p {p_expected})</source>
   <translation>erwartet {expected_text!r} (p {p_expected})</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>got {got_text!r} (p {p_got})</source>
   <translation>erhalten {got_text!r} (p {p_got})</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>logit gap {logit_gap}</source>
   <translation>Logit-Abstand {logit_gap}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>run {run_id}: {verdict}</source>
   <translation>Lauf {run_id}: {verdict}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <source>sample {sample}, token {index}: {numbers}</source>
   <translation>Stichprobe {sample}, Token {index}: {numbers}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/checks.py" />
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>the end</source>
   <translation>das Ende</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Compare runs</source>
   <translation>Läufe vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Compare with</source>
   <translation>Vergleichen mit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Next change (n)</source>
   <translation>Nächste Änderung (n)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>No run has ended yet.</source>
   <translation>Noch ist kein Lauf zu Ende.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Numbers</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>One of them has no reply yet.</source>
   <translation>Einer davon hat noch keine Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Part</source>
   <translation>Teil</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Previous change (p)</source>
   <translation>Vorherige Änderung (p)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Replies</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/panels/reply.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Reply</source>
   <translation>Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Reply {sample}</source>
   <translation>Antwort {sample}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Scores and timings</source>
   <translation>Scores und Zeiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Settings that differ</source>
   <translation>Abweichende Einstellungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>The same settings.</source>
   <translation>Dieselben Einstellungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>What changed</source>
   <translation>Was sich geändert hat</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/dialog.py" />
   <source>Which reply</source>
   <translation>Welche Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/replay_words.py" />
   <source>{aspect}: {then} then, {now} now</source>
   <translation>{aspect}: damals {then}, jetzt {now}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>Engine</source>
   <translation>Engine</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>Loading</source>
   <translation>Laden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <location filename="../../workbench/gui/servers/dialog.py" />
   <location filename="../../workbench/export" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>Sampling</source>
   <translation>Sampling</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>Score, reply {sample}</source>
   <translation>Score, Antwort {sample}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>Timing</source>
   <translation>Zeiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>Tokens cannot be compared: other vocabularies, or no records of them.</source>
   <translation>Token lassen sich nicht vergleichen: andere Vokabulare, oder keine Aufzeichnung davon.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>Variables</source>
   <translation>Variablen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/gui/prompt_facts.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>chat template</source>
   <translation>Chat-Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/history/figures.py" />
   <source>first token, ms</source>
   <translation>erstes Token, ms</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <location filename="../../workbench/gui/tints.py" />
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>prompt tokens kept from before</source>
   <translation>behaltene Prompt-Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>prompt tokens read</source>
   <translation>gelesene Prompt-Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>reading, tokens/s</source>
   <translation>Lesen, Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>replies of other runs beside it</source>
   <translation>Antworten anderer Läufe daneben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>saying, tokens/s</source>
   <translation>Erzeugen, Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>tokens said</source>
   <translation>erzeugte Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>{counts} · they part at token {index:,}: {left} → {right}</source>
   <translation>{counts} · sie trennen sich bei Token {index:,}: {left} → {right}</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>{n:,} lines</source>
   <extracomment>For one: 1 line</extracomment>
   <translation>
    <numerusform>1 Zeile</numerusform>
    <numerusform>{n:,} Zeilen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>{n_a:,} and {n_b:,} tokens, {n_equal:,} in both</source>
   <translation>{n_a:,} und {n_b:,} Token, {n_equal:,} in beiden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/compare_runs/rows.py" />
   <source>{n_a:,} tokens, all the same</source>
   <translation>{n_a:,} Token, alle gleich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>A report can help to mend it. It holds versions and places in the program, none of your texts and no path; nothing was sent anywhere.</source>
   <translation>Ein Bericht kann helfen, das zu beheben. Er enthält Versionen und Stellen im Programm, keinen Ihrer Texte und keinen Pfad; nichts wurde irgendwohin gesendet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>Forget it</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>Save the crash report</source>
   <translation>Absturzbericht speichern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>Save the report…</source>
   <translation>Bericht speichern…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>Text (*.txt)</source>
   <translation>Text (*.txt)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>The process that runs the model crashed the last time.</source>
   <translation>Der Prozess, der das Modell ausführt, ist beim letzten Mal abgestürzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>The window crashed the last time.</source>
   <translation>Das Fenster ist beim letzten Mal abgestürzt.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/crash_offer.py" />
   <source>Unforeseen things happened {n:,} times since you last looked.</source>
   <extracomment>For one: Something unforeseen happened the last time.</extracomment>
   <translation>
    <numerusform>Beim letzten Mal ist etwas Unvorhergesehenes geschehen.</numerusform>
    <numerusform>Seit dem letzten Nachsehen ist {n:,} Mal Unvorhergesehenes geschehen.</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/chat_template_dialog.py" />
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>Chat template</source>
   <translation>Chat-Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/chat_template_dialog.py" />
   <source>Jinja2 as transformers runs it: messages, add_generation_prompt, bos_token, eos_token.</source>
   <translation>Jinja2, wie transformers es ausführt: messages, add_generation_prompt, bos_token, eos_token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/chat_template_dialog.py" />
   <source>Nothing to show until that is mended.</source>
   <translation>Nichts zu zeigen, bis das behoben ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/chat_template_dialog.py" />
   <source>Put the model's own here</source>
   <translation>Die des Modells hier einsetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/chat_template_dialog.py" />
   <source>Use this template</source>
   <translation>Diese Vorlage verwenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <location filename="../../workbench/gui/help_dialog.py" />
   <location filename="../../workbench/gui/model_card/dialog.py" />
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <location filename="../../workbench/gui/keymap.py" />
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/gui/model_card/view.py" />
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <source>Export prompt</source>
   <translation>Prompt exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Nothing is left out.</source>
   <translation>Nichts geht verloren.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Save…</source>
   <translation>Speichern…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <source>What the file will say</source>
   <translation>Was in der Datei stehen wird</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>What this format leaves out</source>
   <translation>Was dieses Format auslässt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/export_dialog.py" />
   <source>{words}
… {n_text:,} more characters</source>
   <translation>{words}
… {n_text:,} weitere Zeichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Add a column…</source>
   <translation>Spalte hinzufügen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Add row</source>
   <translation>Zeile hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <location filename="../../workbench/gui/prompt_desk.py" />
   <location filename="../../workbench/core/presets.py" />
   <source>Choose another name.</source>
   <translation>Einen anderen Namen wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Edit as JSON</source>
   <translation>Als JSON bearbeiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Enter edits a cell, Shift+Enter breaks its line. Ins adds a row, Ctrl+Del removes it, Alt+↑ ↓ moves it. Ctrl+V takes rows from a spreadsheet or CSV, Ctrl+Z takes a change back.</source>
   <translation>Eingabe bearbeitet eine Zelle, Umschalt+Eingabe bricht ihre Zeile um. Einfg fügt eine Zeile ein, Strg+Entf entfernt sie, Alt+↑ ↓ verschiebt sie. Strg+V übernimmt Zeilen aus Tabellenkalkulation oder CSV, Strg+Z nimmt eine Änderung zurück.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Move rows down</source>
   <translation>Zeilen nach unten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Move rows up</source>
   <translation>Zeilen nach oben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Name of the column</source>
   <translation>Name der Spalte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>No rows yet. Add one, or paste them from a spreadsheet.</source>
   <translation>Noch keine Zeilen. Eine hinzufügen oder aus einer Tabellenkalkulation einfügen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <location filename="../../workbench/gui/keymap.py" />
   <source>Paste</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Paste rows from the clipboard</source>
   <translation>Zeilen aus der Zwischenablage einfügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Remove rows</source>
   <translation>Zeilen entfernen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>Rows of {name}</source>
   <translation>Zeilen von {name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <source>There is a column {name} already.</source>
   <translation>Es gibt schon eine Spalte {name}.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/dialogs/rows_dialog.py" />
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>{n:,} rows</source>
   <extracomment>For one: 1 row</extracomment>
   <translation>
    <numerusform>1 Zeile</numerusform>
    <numerusform>{n:,} Zeilen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>All {n:,} runs found</source>
   <extracomment>For one: The one run found</extracomment>
   <translation>
    <numerusform>Der eine gefundene Lauf</numerusform>
    <numerusform>Alle {n:,} gefundenen Läufe</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <location filename="../../workbench/gui/history/space.py" />
   <source>Export runs</source>
   <translation>Läufe exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>How the file begins</source>
   <translation>Wie die Datei beginnt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Keep folders and user names</source>
   <translation>Ordner- und Benutzernamen behalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Runs written</source>
   <translation>Geschriebene Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>So much, and what is no text, goes to a file.</source>
   <translation>So viel, und was kein Text ist, geht in eine Datei.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Stopped. No file was written.</source>
   <translation>Angehalten. Keine Datei wurde geschrieben.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>The {n:,} chosen runs</source>
   <extracomment>For one: The chosen run</extracomment>
   <translation>
    <numerusform>Der gewählte Lauf</numerusform>
    <numerusform>Die {n:,} gewählten Läufe</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>Which runs</source>
   <translation>Welche Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/run_export_dialog.py" />
   <source>{done:,} of {total:,} runs</source>
   <translation>{done:,} von {total:,} Läufen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/dialogs/save_file.py" />
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/diff_rows.py" />
   <source>no difference</source>
   <translation>kein Unterschied</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/diff_rows.py" />
   <source>only signs and spaces differ</source>
   <translation>nur Satzzeichen und Leerzeichen verschieden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/diff_view.py" />
   <source>Difference</source>
   <translation>Unterschied</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/diff_view.py" />
   <source>▸ {n_rows:,} equal lines</source>
   <translation>▸ {n_rows:,} gleiche Zeilen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/disk_conflicts.py" />
   <source>Keep it unsaved</source>
   <translation>Ungespeichert behalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/disk_conflicts.py" />
   <source>Keep mine</source>
   <translation>Meine behalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/disk_conflicts.py" />
   <source>Read it again</source>
   <translation>Neu einlesen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/disk_conflicts.py" />
   <source>Save it again</source>
   <translation>Wieder speichern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/disk_conflicts.py" />
   <source>{name} was changed by another program.</source>
   <translation>{name} wurde von einem anderen Programm geändert.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/disk_conflicts.py" />
   <source>{name} was deleted or moved by another program; its text is still here.</source>
   <translation>{name} wurde von einem anderen Programm gelöscht oder verschoben; der Text ist noch hier.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source> Your unsaved edits are the version before it.</source>
   <translation> Die ungespeicherten Änderungen sind die Version davor.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>Another window has edits of {name} that are not saved.</source>
   <translation>Ein anderes Fenster hat ungespeicherte Änderungen an {name}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>Bundled prompts stay as they are; this is your own copy, mine/{where}.</source>
   <translation>Mitgelieferte Prompts bleiben, wie sie sind; das ist Ihre eigene Kopie, mine/{where}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>Discard them</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>Name of the prompt; folder/name puts it into a folder</source>
   <translation>Name des Prompts; Ordner/Name legt ihn in einen Ordner</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>Save prompt as</source>
   <translation>Prompt speichern unter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>The edits of {name} that were not saved are back, as of {when}.</source>
   <translation>Die ungespeicherten Änderungen an {name} sind zurück, Stand {when}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>The edits that were not saved are kept as {label}.</source>
   <translation>Die ungespeicherten Änderungen sind als {label} aufgehoben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>The file itself has changed since.</source>
   <translation>Die Datei selbst hat sich seitdem geändert.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>dd MMM, HH:mm</source>
   <comment>pattern of a date</comment>
   <translation>d. MMM, HH:mm</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>edited</source>
   <translation>bearbeitet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>not in a file</source>
   <translation>in keiner Datei</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_controller.py" />
   <source>{label} is back, as {newest}.{kept}</source>
   <translation>{label} ist zurück, als {newest}.{kept}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/document_parts.py" />
   <source>The versions of this prompt (Ctrl+Shift+H)</source>
   <translation>Die Versionen dieses Prompts (Strg+Umschalt+H)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Copy	Ctrl+C</source>
   <translation>Kopieren	Strg+C</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Cut	Ctrl+X</source>
   <translation>Ausschneiden	Strg+X</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Names and filters…	Ctrl+Space</source>
   <translation>Namen und Filter…	Strg+Leertaste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Paste	Ctrl+V</source>
   <translation>Einfügen	Strg+V</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Redo	Ctrl+Shift+Z</source>
   <translation>Wiederholen	Strg+Umschalt+Z</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Select all	Ctrl+A</source>
   <translation>Alles auswählen	Strg+A</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_edit.py" />
   <source>Undo	Ctrl+Z</source>
   <translation>Rückgängig	Strg+Z</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Delete	Ctrl+Shift+Backspace</source>
   <translation>Löschen	Strg+Umschalt+Rücktaste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Drag to move this message (Alt+↑, Alt+↓)</source>
   <translation>Ziehen, um diese Nachricht zu verschieben (Alt+↑, Alt+↓)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Duplicate	Ctrl+Shift+D</source>
   <translation>Duplizieren	Strg+Umschalt+D</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Fold</source>
   <translation>Einklappen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Fold this message</source>
   <translation>Diese Nachricht einklappen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>More for this message</source>
   <translation>Mehr zu dieser Nachricht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Move down	Alt+↓</source>
   <translation>Nach unten	Alt+↓</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Move this message</source>
   <translation>Diese Nachricht verschieben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Move up	Alt+↑</source>
   <translation>Nach oben	Alt+↑</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Role: {role}</source>
   <translation>Rolle: {role}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Unfold</source>
   <translation>Ausklappen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_header.py" />
   <source>Unfold this message</source>
   <translation>Diese Nachricht ausklappen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>Add a message</source>
   <translation>Eine Nachricht hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>Add message</source>
   <translation>Nachricht hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>Undo: bring the {role} message back</source>
   <translation>Rückgängig: die Nachricht {role} zurückholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>add the message</source>
   <translation>Nachricht hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>change the role</source>
   <translation>Rolle ändern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>delete the message</source>
   <translation>Nachricht löschen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>duplicate the message</source>
   <translation>Nachricht duplizieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>move the message</source>
   <translation>Nachricht verschieben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/block_list.py" />
   <source>{role} message deleted · Undo</source>
   <translation>Nachricht {role} gelöscht · Rückgängig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/completion_popup.py" />
   <source>Words that fit</source>
   <translation>Passende Wörter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Close (Esc)</source>
   <translation>Schließen (Esc)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Find</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Find in the prompt</source>
   <translation>Im Prompt suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Match capital and small letters</source>
   <translation>Groß- und Kleinschreibung beachten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Next match (F3)</source>
   <translation>Nächste Fundstelle (F3)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Previous match (Shift+F3)</source>
   <translation>Vorherige Fundstelle (Umschalt+F3)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Regular expression</source>
   <translation>Regulärer Ausdruck</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Replace</source>
   <translation>Ersetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Replace with</source>
   <translation>Ersetzen durch</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_bar.py" />
   <source>Whole words only</source>
   <translation>Nur ganze Wörter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_controller.py" />
   <source>nothing found</source>
   <translation>nichts gefunden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_controller.py" />
   <source>over {n_matches:,}</source>
   <translation>über {n_matches:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_controller.py" />
   <source>replace all</source>
   <translation>alle ersetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_controller.py" />
   <source>{count:,} replaced</source>
   <translation>{count:,} ersetzt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/find_controller.py" />
   <source>{current:,} of {of}</source>
   <translation>{current:,} von {of}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source> at character {column}</source>
   <translation> bei Zeichen {column}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Correct it, or switch off “.*” to search for these very characters.</source>
   <translation>Korrigieren, oder „.*“ ausschalten, um genau nach diesen Zeichen zu suchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Groups are \1, \2 or \g&lt;name&gt;; a backslash itself is written \\.</source>
   <translation>Gruppen sind \1, \2 oder \g&lt;name&gt;; ein Rückstrich selbst schreibt sich \\.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Make it simpler.</source>
   <translation>Einfacher fassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Make the replacement shorter.</source>
   <translation>Die Ersetzung kürzer fassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Match {number:,} is not there any more.</source>
   <translation>Fundstelle {number:,} gibt es nicht mehr.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Search again.</source>
   <translation>Noch einmal suchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Search for a part of it.</source>
   <translation>Nach einem Teil davon suchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The pattern {words} cannot be read: {error}.</source>
   <translation>Das Muster {words} lässt sich nicht lesen: {error}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The pattern {words} is no regular expression: {reason}{place}.</source>
   <translation>Das Muster {words} ist kein regulärer Ausdruck: {reason}{place}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The pattern {words} needs more than {limit_s:g} s for this text.</source>
   <translation>Das Muster {words} braucht für diesen Text mehr als {limit_s:g} s.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The pattern {words} needs too much memory.</source>
   <translation>Das Muster {words} braucht zu viel Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The replaced text would grow by more than {most_chars:,} characters.</source>
   <translation>Der ersetzte Text würde um mehr als {most_chars:,} Zeichen wachsen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The replacement {replacement} cannot be used: {reason}.</source>
   <translation>Die Ersetzung {replacement} lässt sich nicht verwenden: {reason}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>The search text has {n_text:,} characters; {most_pattern:,} are the most.</source>
   <translation>Der Suchtext hat {n_text:,} Zeichen; höchstens {most_pattern:,} sind möglich.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/search.py" />
   <source>Write it without repetitions inside repetitions.</source>
   <translation>Ohne Wiederholungen innerhalb von Wiederholungen schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/source_view.py" />
   <source>Prompt file as YAML</source>
   <translation>Prompt-Datei als YAML</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/source_view.py" />
   <source>prompt file · as it will be saved</source>
   <translation>Prompt-Datei · wie sie gespeichert wird</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>a part to use again</source>
   <translation>ein Teil zum Wiederverwenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>another prompt of the library</source>
   <translation>ein anderer Prompt der Bibliothek</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>else, when something holds</source>
   <translation>sonst, wenn etwas gilt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>end of {inside}</source>
   <translation>Ende von {inside}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>give a name to a value</source>
   <translation>einem Wert einen Namen geben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>how many turns there are</source>
   <translation>wie viele Durchgänge es gibt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>leave the loop</source>
   <translation>die Schleife verlassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>marks the assistant's part</source>
   <translation>kennzeichnet den Teil des Assistenten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>names for one part</source>
   <translation>Namen für einen Teil</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>on to the next item</source>
   <translation>weiter zum nächsten Element</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>only when something holds</source>
   <translation>nur wenn etwas gilt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>otherwise</source>
   <translation>sonst</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>repeat for every item of a list</source>
   <translation>für jedes Element einer Liste wiederholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>send a part through a filter</source>
   <translation>einen Teil durch einen Filter schicken</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>text that is no template</source>
   <translation>Text, der keine Vorlage ist</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>the item after</source>
   <translation>das nächste Element</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>the item before</source>
   <translation>das vorige Element</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>the turn of the loop</source>
   <translation>der Durchgang der Schleife</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>turns left, this one included</source>
   <translation>verbleibende Durchgänge, dieser eingeschlossen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>whether this is the first turn</source>
   <translation>ob dies der erste Durchgang ist</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/editor/words.py" />
   <source>whether this is the last turn</source>
   <translation>ob dies der letzte Durchgang ist</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/examples_table.py" />
   <source>Examples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/examples_table.py" />
   <source>row {row}</source>
   <translation>Zeile {row}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_rows.py" />
   <source>   {low} to {high}</source>
   <translation>   {low} bis {high}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_rows.py" />
   <source>Not asked.</source>
   <translation>Nicht gefragt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_rows.py" />
   <source>Not scored.</source>
   <translation>Nicht bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_rows.py" />
   <source>{label} {interval_text}
{runs}
Enter opens the evaluation.</source>
   <translation>{label} {interval_text}
{runs}
Eingabe öffnet die Auswertung.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_rows.py" />
   <source>{n_runs:,} runs · {source}</source>
   <translation>{n_runs:,} Läufe · {source}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Every evaluation that is kept in the history stands here. Run a task first.</source>
   <translation>Hier steht jede Auswertung, die im Verlauf aufgehoben ist. Zuerst eine Aufgabe ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Every suite counts alike.</source>
   <translation>Jede Suite zählt gleich viel.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Reading the history …</source>
   <translation>Verlauf wird gelesen …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Report…</source>
   <translation>Bericht…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>The leaderboard is in {path}.</source>
   <translation>Die Bestenliste steht in {path}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Write the leaderboard</source>
   <translation>Bestenliste schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>Write the leaderboard as HTML</source>
   <translation>Bestenliste als HTML schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <location filename="../../workbench/gui/experiments/tables.py" />
   <location filename="../../workbench/gui/microscope/columns.py" />
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <location filename="../../workbench/gui/palette/panel.py" />
   <location filename="../../workbench/gui/sweep/axis_names.py" />
   <source>model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <location filename="../../workbench/gui/experiments/controller.py" />
   <location filename="../../workbench/gui/experiments/earlier.py" />
   <source>reading …</source>
   <translation>wird gelesen …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <location filename="../../workbench/gui/experiments/results.py" />
   <source>{astimezone:%Y-%m-%d %H:%M} with workbench {version}</source>
   <translation>{astimezone:%Y-%m-%d %H:%M} mit workbench {version}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>{done:,} of {total:,} evaluations</source>
   <translation>{done:,} von {total:,} Auswertungen</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>{n:,} evaluations</source>
   <extracomment>For one: 1 evaluation</extracomment>
   <translation>
    <numerusform>1 Auswertung</numerusform>
    <numerusform>{n:,} Auswertungen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>{shown} · {n_left:,} left out</source>
   <translation>{shown} · {n_left:,} ausgelassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/board_sheet.py" />
   <source>★ best of its suite   ≈ its difference from the best may be noise, item by item</source>
   <translation>★ bester Wert der Suite   ≈ der Abstand zum besten kann Rauschen sein, Item für Item</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/bridge.py" />
   <source>graded {done:,} of {total:,}</source>
   <translation>{done:,} von {total:,} bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source> · {n_failed:,} failed</source>
   <translation> · {n_failed:,} fehlgeschlagen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>Choose one at the left.</source>
   <translation>Links eine wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>Data (*.jsonl *.json *.csv *.tsv *.parquet *.arrow *.yml *.yaml);;All files (*)</source>
   <translation>Daten (*.jsonl *.json *.csv *.tsv *.parquet *.arrow *.yml *.yaml);;Alle Dateien (*)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>No task is chosen.</source>
   <translation>Keine Aufgabe ist gewählt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>Not everything was saved: {save_error}</source>
   <translation>Nicht alles wurde gespeichert: {save_error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>Open a data file</source>
   <translation>Datendatei öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>Reading {name} …</source>
   <translation>{name} wird gelesen …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>asking a few items …</source>
   <translation>ein paar Items werden gefragt …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>from the history</source>
   <translation>aus dem Verlauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>loading …</source>
   <translation>wird geladen …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>paused · {words}</source>
   <translation>pausiert · {words}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>scoring …</source>
   <translation>wird bewertet …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>stopping …</source>
   <translation>wird angehalten …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>{n_outcomes:,} done</source>
   <translation>{n_outcomes:,} fertig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/controller.py" />
   <source>{words} · stopped</source>
   <translation>{words} · angehalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/earlier.py" />
   <source>No evaluation is in the history yet.</source>
   <translation>Im Verlauf ist noch keine Auswertung.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/evaluations.py" />
   <source>No metric is ticked.</source>
   <translation>Keine Metrik ist angehakt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/evaluations.py" />
   <source>Tick at least one in the list of metrics.</source>
   <translation>In der Liste der Metriken mindestens eine anhaken.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/evaluations.py" />
   <source>{n} models</source>
   <extracomment>For one: 1 model</extracomment>
   <translation>
    <numerusform>1 Modell</numerusform>
    <numerusform>{n} Modelle</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/evaluations.py" />
   <source>{task} · {many} · {items:,} items · {when}</source>
   <translation>{task} · {many} · {items:,} Items · {when}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source> · {bad:,} rows left out</source>
   <translation> · {bad:,} Zeilen ausgelassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>(no answer)</source>
   <translation>(keine Antwort)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>Copy the item</source>
   <translation>Item kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>Items</source>
   <translation>Items</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>Open in History</source>
   <translation>Im Verlauf öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>Open in Probabilities</source>
   <translation>In Wahrscheinlichkeiten öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>The chosen item</source>
   <translation>Das gewählte Item</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>The chosen item stands here in full. Enter or a double click opens its run.</source>
   <translation>Hier steht das gewählte Item vollständig. Eingabe oder Doppelklick öffnet seinen Lauf.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>Which items are shown</source>
   <translation>Welche Items gezeigt werden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>right: {gold}</source>
   <translation>richtig: {gold}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/items_panel.py" />
   <source>{shown:,} shown{left}</source>
   <translation>{shown:,} gezeigt{left}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offering.py" />
   <source>Add a model</source>
   <translation>Modell hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offering.py" />
   <source>Add a prompt</source>
   <translation>Prompt hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offering.py" />
   <source>Models (*.gguf)</source>
   <translation>Modelle (*.gguf)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offering.py" />
   <source>Prompts (*.yml *.yaml *.txt *.md)</source>
   <translation>Prompts (*.yml *.yaml *.txt *.md)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offers.py" />
   <source>Add a GGUF file.</source>
   <translation>Eine GGUF-Datei hinzufügen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offers.py" />
   <source>There is no model.</source>
   <translation>Es gibt kein Modell.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offers.py" />
   <source>the task's own</source>
   <translation>der der Aufgabe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/offers.py" />
   <source>{name} (open)</source>
   <translation>{name} (offen)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/page.py" />
   <source>Evaluate</source>
   <translation>Auswerten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/page.py" />
   <source>Evaluation</source>
   <translation>Auswertung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_panel.py" />
   <source>Picture…</source>
   <translation>Bild…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_panel.py" />
   <location filename="../../workbench/gui/history/plot.py" />
   <location filename="../../workbench/gui/history/space.py" />
   <source>Plot</source>
   <translation>Diagramm</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_panel.py" />
   <source>Subject</source>
   <translation>Teilnehmer</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_panel.py" />
   <source>The other subject</source>
   <translation>Der andere Teilnehmer</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_panel.py" />
   <source>Which plot</source>
   <translation>Welches Diagramm</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_panel.py" />
   <source>Write the plot as PNG or SVG</source>
   <translation>Das Diagramm als PNG oder SVG schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source> (higher is better)</source>
   <translation> (höher ist besser)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source> (lower is better)</source>
   <translation> (niedriger ist besser)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source> Questions whose score changes with the wording: {changed}.</source>
   <translation> Fragen, deren Score sich mit der Formulierung ändert: {changed}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source> {accuracy:.1%} on the diagonal.</source>
   <translation> {accuracy:.1%} auf der Diagonale.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source> · {left_out:,} left out</source>
   <translation> · {left_out:,} ausgelassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>(none)</source>
   <translation>(keine)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>95 % intervals.</source>
   <translation>95-%-Intervalle.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>95 % intervals: {ways}.</source>
   <translation>95-%-Intervalle: {ways}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>A confusion matrix needs answers that are labels, and more than one.</source>
   <translation>Eine Konfusionsmatrix braucht Antworten, die Labels sind, und mehr als eines.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>All items of this task have the same {word}.</source>
   <translation>Alle Items dieser Aufgabe haben dieselbe {word}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Almost every item has a right answer of its own; labels repeat.</source>
   <translation>Fast jedes Item hat eine eigene richtige Antwort; Labels wiederholen sich.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>By group</source>
   <translation>Nach Gruppe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>By variant</source>
   <translation>Nach Variante</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <location filename="../../prompts/suites" />
   <source>Calibration</source>
   <translation>Kalibrierung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Choose two different subjects.</source>
   <translation>Zwei verschiedene Teilnehmer wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Confusion</source>
   <translation>Konfusion</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Expected calibration error: {errors}.</source>
   <translation>Erwarteter Kalibrierungsfehler: {errors}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Groups by tags</source>
   <translation>Gruppen nach Tags</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>No item was scored.</source>
   <translation>Kein Item wurde bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Only choice items tell how sure a model was.</source>
   <translation>Nur Auswahl-Items sagen, wie sicher ein Modell war.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Over prompts</source>
   <translation>Über Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Run a task, or open an earlier evaluation, to see its plots.</source>
   <translation>Eine Aufgabe ausführen oder eine frühere Auswertung öffnen, um ihre Diagramme zu sehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Scores with intervals</source>
   <translation>Scores mit Intervallen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Size against score</source>
   <translation>Größe gegen Score</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>The items have no tags to sort them by, or too many.</source>
   <translation>Die Items haben keine Tags, nach denen sie sich ordnen ließen, oder zu viele.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>There are no intervals.</source>
   <translation>Es gibt keine Intervalle.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Tick models of different sizes; the header of their files says the size.</source>
   <translation>Modelle verschiedener Größe anhaken; der Kopf ihrer Dateien nennt die Größe.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Tick two or more prompts, versions of one for instance, and run again.</source>
   <translation>Zwei oder mehr Prompts anhaken, etwa Versionen eines einzigen, und noch einmal ausführen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Two subjects, item by item</source>
   <translation>Zwei Teilnehmer, Item für Item</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>Worst case: the mean over questions of the worst score among their versions.</source>
   <translation>Schlechtester Fall: das Mittel über Fragen des schlechtesten Scores unter ihren Fassungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>variant</source>
   <translation>Variante</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>worst case</source>
   <translation>schlechtester Fall</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label} has no value for one item.</source>
   <translation>{label} hat keinen Wert für ein einzelnes Item.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label} is higher on {above:,} items, {label_2} on {below:,}, equal on {same:,}{lost}. A click finds the item.</source>
   <translation>{label} ist bei {above:,} Items höher, {label_2} bei {below:,}, gleich bei {same:,}{lost}. Ein Klick findet das Item.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label} is no mean of the items' scores, so not by {word}.</source>
   <translation>{label} ist kein Mittel der Item-Scores, daher keine Aufteilung nach {word}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label} is no mean of the items' scores.</source>
   <translation>{label} ist kein Mittel der Item-Scores.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label} {error:.3f} over {number:,} items</source>
   <translation>{label} {error:.3f} über {number:,} Items</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label}: mean {label_2}, {items_of} in a cell.</source>
   <translation>{label}: Mittel {label_2}, {items_of} in einer Zelle.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{label}: {number:,} items.{share}</source>
   <translation>{label}: {number:,} Items.{share}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{least:,} to {most:,} items</source>
   <translation>{least:,} bis {most:,} Items</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{more:,} more stand in the report.</source>
   <translation>{more:,} weitere stehen im Bericht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plot_series.py" />
   <source>{most:,} item{value}</source>
   <translation>{most:,} Item{value}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plots.py" />
   <source>A plot of the evaluation</source>
   <translation>Ein Diagramm der Auswertung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plots.py" />
   <source>given answer</source>
   <translation>gegebene Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plots.py" />
   <source>how sure it was</source>
   <translation>wie sicher es war</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plots.py" />
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <location filename="../../workbench/experiments/finder/values.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>parameters</source>
   <translation>Parameter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plots.py" />
   <location filename="../../workbench/gui/experiments/tables.py" />
   <source>right answer</source>
   <translation>richtige Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/plots.py" />
   <source>share that was right</source>
   <translation>Anteil richtiger</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/results.py" />
   <source>The report is in {path} ({size:,.0f} KiB).</source>
   <translation>Der Bericht steht in {path} ({size:,.0f} KiB).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/results.py" />
   <source>Write a report</source>
   <translation>Bericht schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/results.py" />
   <source>Write the plot</source>
   <translation>Diagramm schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source> · {failed:,} failed</source>
   <translation> · {failed:,} fehlgeschlagen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source> · {left:.0f} min left</source>
   <translation> · noch {left:.0f} min</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source> · {left:.0f} s left</source>
   <translation> · noch {left:.0f} s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>all items</source>
   <translation>alle Items</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>failed or not asked</source>
   <translation>fehlgeschlagen oder nicht gefragt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>line {line:,}{column}: {message}</source>
   <translation>Zeile {line:,}{column}: {message}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>not fully right</source>
   <translation>nicht ganz richtig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <location filename="../../workbench/experiments/statistics/words.py" />
   <source>not scored</source>
   <translation>nicht bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>rows left out</source>
   <translation>ausgelassene Zeilen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>subjects differ</source>
   <translation>Teilnehmer uneins</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>{label}: {interval_text}
{means}
Not: {means_not}</source>
   <translation>{label}: {interval_text}
{means}
Nicht: {means_not}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <source>{low} to {high}</source>
   <translation>{low} bis {high}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>{n:,} not scored</source>
   <translation>{n:,} nicht bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/rows.py" />
   <source>… and {n_pairs:,} more pairs; the report has them.</source>
   <translation>… und {n_pairs:,} weitere Paare; der Bericht nennt sie.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <source>
… and {count:,} more</source>
   <translation>
… und {count:,} weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Go on</source>
   <translation>Fortfahren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <source>Go on asks only those that are missing.</source>
   <translation>„Fortfahren“ fragt nur die fehlenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <source>Show them</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <source>The first: {why}</source>
   <translation>Der erste: {why}</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <source>{n:,} rows of {name} could not be used and are left out.</source>
   <extracomment>For one: 1 row of {name} could not be used and is left out.</extracomment>
   <translation>
    <numerusform>1 Zeile von {name} war nicht verwendbar und ist ausgelassen.</numerusform>
    <numerusform>{n:,} Zeilen von {name} waren nicht verwendbar und sind ausgelassen.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/sentences.py" />
   <source>{n:,} runs failed or were not made.</source>
   <extracomment>For one: 1 run failed or was not made.</extracomment>
   <translation>
    <numerusform>1 Lauf ist fehlgeschlagen oder wurde nicht gemacht.</numerusform>
    <numerusform>{n:,} Läufe sind fehlgeschlagen oder wurden nicht gemacht.</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>+ pass_at_k(k=5) or my_metric.py</source>
   <translation>+ pass_at_k(k=5) oder my_metric.py</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>A metric with arguments, name(argument=value), or the path of a Python file with a
metric of your own, which runs in a child process. Return adds it.</source>
   <translation>Eine Metrik mit Argumenten, name(argument=wert), oder der Pfad einer Python-Datei mit einer
eigenen Metrik, die in einem Kindprozess läuft. Eingabe fügt sie hinzu.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>A model that calls every reply safe or unsafe</source>
   <translation>Ein Modell, das jede Antwort sicher oder unsicher nennt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>A model that gives every reply one to five points</source>
   <translation>Ein Modell, das jeder Antwort ein bis fünf Punkte gibt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>A model that makes vectors of replies and references</source>
   <translation>Ein Modell, das aus Antworten und Referenzen Vektoren macht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Add a metric with arguments, or a file of your own</source>
   <translation>Eine Metrik mit Argumenten oder eine eigene Datei hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Add a model file</source>
   <translation>Modelldatei hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Add a prompt file</source>
   <translation>Prompt-Datei hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <location filename="../../workbench/gui/settings/rows.py" />
   <source>Add…</source>
   <translation>Hinzufügen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Examples shown in front of each item</source>
   <translation>Beispiele, die vor jedem Item stehen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>For code models that were trained to fill in the middle.</source>
   <translation>Für Code-Modelle, die gelernt haben, die Mitte zu füllen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Items from the beginning; 0 means all</source>
   <translation>Items vom Anfang an; 0 heißt alle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Metrics</source>
   <translation>Metriken</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Programs that the model wrote run in a child process with limits, without network.
Off until you switch it on, and off again for the next task.</source>
   <translation>Programme, die das Modell geschrieben hat, laufen in einem Kindprozess mit Grenzen und ohne Netz.
Aus, bis Sie es einschalten, und für die nächste Aufgabe wieder aus.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Replies per item</source>
   <translation>Antworten je Item</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>Seed of replies and of drawn orders</source>
   <translation>Seed der Antworten und der gezogenen Reihenfolgen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>What is scored of a choice item</source>
   <translation>Was an einem Auswahl-Item bewertet wird</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>all</source>
   <translation>alle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>answers in a drawn order</source>
   <translation>Antworten in gezogener Reihenfolge</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>as the task suggests</source>
   <translation>wie die Aufgabe vorschlägt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>examples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>gaps by the model's own marks</source>
   <translation>Lücken mit den Marken des Modells</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>guard</source>
   <translation>Guard</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>items</source>
   <translation>Items</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>judge</source>
   <translation>Richter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>let programs run, in the sandbox</source>
   <translation>Programme ausführen, in der Sandbox</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>listed letters</source>
   <translation>aufgelistete Buchstaben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>replies per item</source>
   <translation>Antworten je Item</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>scored are</source>
   <translation>bewertet werden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <location filename="../../workbench/gui/panels/sampling.py" />
   <location filename="../../workbench/gui/sweep/axis_names.py" />
   <source>seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>vectors by</source>
   <translation>Vektoren von</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>whole answers</source>
   <translation>ganze Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>{means}
Not: {means_not}</source>
   <translation>{means}
Nicht: {means_not}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>{shots:,} examples</source>
   <translation>{shots:,} Beispiele</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/setup_panel.py" />
   <source>{value} · {n_items:,} items</source>
   <translation>{value} · {n_items:,} Items</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Choose a task at the left and press Run. Scores stand here, each with its interval.</source>
   <translation>Links eine Aufgabe wählen und „Ausführen“ drücken. Hier stehen dann die Scores, jeder mit seinem Intervall.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Earlier evaluations</source>
   <translation>Frühere Auswertungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Earlier ▾</source>
   <translation>Frühere ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Estimate</source>
   <translation>Schätzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Estimate tokens and time</source>
   <translation>Token und Zeit schätzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Pause or go on</source>
   <translation>Pause oder fortfahren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Progress of the evaluation</source>
   <translation>Fortschritt der Auswertung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Scores</source>
   <translation>Scores</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Scores stand here as soon as some items are done.</source>
   <translation>Hier stehen Scores, sobald einige Items fertig sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Whether differences are noise</source>
   <translation>Ob Unterschiede Rauschen sind</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/space.py" />
   <source>Write an HTML report</source>
   <translation>Bericht als HTML schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/tables.py" />
   <source>group</source>
   <translation>Gruppe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/tables.py" />
   <source>item</source>
   <translation>Item</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/tables.py" />
   <source>line {line:,}</source>
   <translation>Zeile {line:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/tables.py" />
   <source>question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <location filename="../../workbench/gui/history/space.py" />
   <source>Clear the search</source>
   <translation>Suche leeren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>JSONL, CSV, Parquet, JSON, YAML; a folder can be dropped here.</source>
   <translation>JSONL, CSV, Parquet, JSON, YAML; ein Ordner lässt sich hier ablegen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>Open file…</source>
   <translation>Datei öffnen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>Search the suites</source>
   <translation>Suiten durchsuchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/task_list.py" />
   <source>Your files</source>
   <translation>Eigene Dateien</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source> of {n:,} replies</source>
   <extracomment>For one:  of 1 reply</extracomment>
   <translation>
    <numerusform> zu je 1 Antwort</numerusform>
    <numerusform> zu je {n:,} Antworten</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>No model is ticked.</source>
   <translation>Kein Modell ist angehakt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>No settings are ticked.</source>
   <translation>Keine Einstellungen sind angehakt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>Tick at least one in the list of models.</source>
   <translation>In der Liste der Modelle mindestens eines anhaken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>Tick at least one way to decode.</source>
   <translation>Mindestens eine Art zu dekodieren anhaken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>as in the Prompt workspace</source>
   <translation>wie im Arbeitsbereich „Prompt“</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>greedy, as benchmarks do</source>
   <translation>greedy, wie in Benchmarks</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/wish.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>{n:,} models</source>
   <extracomment>For one: 1 model</extracomment>
   <translation>
    <numerusform>1 Modell</numerusform>
    <numerusform>{n:,} Modelle</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>{n:,} prompts</source>
   <extracomment>For one: 1 prompt</extracomment>
   <translation>
    <numerusform>1 Prompt</numerusform>
    <numerusform>{n:,} Prompts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/wish.py" />
   <location filename="../../workbench/gui/versions_list.py" />
   <location filename="../../workbench/gui/history/exporter.py" />
   <source>{n:,} runs</source>
   <extracomment>For one: 1 run</extracomment>
   <translation>
    <numerusform>1 Lauf</numerusform>
    <numerusform>{n:,} Läufe</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/experiments/wish.py" />
   <source>{n:,} settings</source>
   <extracomment>For one: 1 setting</extracomment>
   <translation>
    <numerusform>1 Einstellung</numerusform>
    <numerusform>{n:,} Einstellungen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/export_controller.py" />
   <source>Exported to {path}.</source>
   <translation>Nach {path} exportiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/export_controller.py" />
   <source>Left out: {losses}</source>
   <translation>Ausgelassen: {losses}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_names.py" />
   <source>No file can be called {name!r}.</source>
   <translation>Keine Datei kann {name!r} heißen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_names.py" />
   <source>Use letters and digits.</source>
   <translation>Buchstaben und Ziffern verwenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_operations.py" />
   <source>Another name for {title}</source>
   <translation>Ein anderer Name für {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_operations.py" />
   <source>Duplicate it to have a copy of your own.</source>
   <translation>Duplizieren, um eine eigene Kopie zu haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_operations.py" />
   <source>Rename prompt</source>
   <translation>Prompt umbenennen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_operations.py" />
   <source>{before} is called {now} now.</source>
   <translation>{before} heißt jetzt {now}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_operations.py" />
   <source>{name} is deleted.</source>
   <translation>{name} ist gelöscht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/file_operations.py" />
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>{name} ships with the program and stays as it is.</source>
   <translation>{name} gehört zum Programm und bleibt, wie es ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_browser.py" />
   <source>A click shows the picture in full size.</source>
   <translation>Ein Klick zeigt das Bild in voller Größe.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_contents.py" />
   <source>Help pages</source>
   <translation>Hilfeseiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_contents.py" />
   <source>Keys and colours</source>
   <translation>Tasten und Farben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>Every key, and what it does</source>
   <translation>Jede Taste, und was sie tut</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>Every token of a reply is coloured by how surprised the model was. Point at one to see what else it could have said; click to keep the card. Rank 0 is the likeliest token. Figures come from the model before any sampler; the column “sampled” says what the samplers made of them. nats are natural logarithms: 0.7 nats is 50 %, 2.3 nats 10 %, 4.6 nats 1 %.</source>
   <translation>Jedes Token einer Antwort ist danach gefärbt, wie überrascht das Modell war. Auf eines zeigen, um zu sehen, was es sonst hätte sagen können; ein Klick hält die Karte offen. Rang 0 ist das wahrscheinlichste Token. Zahlen stammen vom Modell vor allen Samplern; die Spalte „gezogen“ sagt, was die Sampler daraus gemacht haben. nats sind natürliche Logarithmen: 0.7 nats sind 50 %, 2.3 nats 10 %, 4.6 nats 1 %.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>Forward ›</source>
   <translation>Vor ›</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>Help page</source>
   <translation>Hilfeseite</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>Search the guide</source>
   <translation>Handbuch durchsuchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>The pages of the guide are in English.</source>
   <translation>Die Seiten des Handbuchs sind auf Englisch.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>{n} pages</source>
   <extracomment>For one: {n} page</extracomment>
   <translation>
    <numerusform>1 Seite</numerusform>
    <numerusform>{n} Seiten</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_dialog.py" />
   <source>‹ Back</source>
   <translation>‹ Zurück</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_pages.py" />
   <source>Begin</source>
   <translation>Anfangen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_pages.py" />
   <source>Inside the model</source>
   <translation>Im Modell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_pages.py" />
   <source>Keeping</source>
   <translation>Aufheben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_pages.py" />
   <source>Measuring</source>
   <translation>Messen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_pages.py" />
   <source>Reference</source>
   <translation>Nachschlagen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_pages.py" />
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/model_card/view.py" />
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Tokens</source>
   <translation>Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/help_picture.py" />
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Ended by</source>
   <translation>Ende durch</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>Exact prompt</source>
   <translation>Exakter Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Experiment</source>
   <translation>Experiment</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>First ms</source>
   <translation>Erstes ms</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Quant</source>
   <translation>Quant</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Rating</source>
   <translation>Bewertung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Run id</source>
   <translation>Lauf-ID</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Samples</source>
   <translation>Stichproben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Tags</source>
   <translation>Tags</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Temp</source>
   <translation>Temp</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>Tokens/s</source>
   <translation>Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <source>dd MMM yyyy</source>
   <comment>pattern of a date</comment>
   <translation>d. MMM yyyy</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>empty reply</source>
   <translation>leere Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/gui/shown_status.py" />
   <source>not saved</source>
   <translation>nicht gespeichert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/columns.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>stopped</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/exporter.py" />
   <source>Left out: {what}</source>
   <translation>Ausgelassen: {what}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/exporter.py" />
   <source>There is no run to export.</source>
   <translation>Es gibt keinen Lauf zu exportieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/exporter.py" />
   <source>{what} exported to {path}.</source>
   <translation>{what} nach {path} exportiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/finder.py" />
   <source>All  {total:,}</source>
   <translation>Alle  {total:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/finder.py" />
   <location filename="../../workbench/gui/panels/workspaces.py" />
   <source>Every run is kept here. Generate a reply to begin.</source>
   <translation>Hier wird jeder Lauf aufgehoben. Eine Antwort generieren, um zu beginnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/finder.py" />
   <source>No run is like that. Take a word away, or look at the fields in the help.</source>
   <translation>Kein Lauf ist so. Ein Wort weglassen oder die Felder in der Hilfe nachsehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Back up the history</source>
   <translation>Verlauf sichern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Bring everything back from the trash</source>
   <translation>Alles aus dem Papierkorb zurückholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Check the history</source>
   <translation>Verlauf prüfen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Delete for good</source>
   <translation>Endgültig löschen</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Delete the chosen {n:,} runs</source>
   <extracomment>For one: Delete the chosen run</extracomment>
   <translation>
    <numerusform>Den gewählten Lauf löschen</numerusform>
    <numerusform>Die gewählten {n:,} Läufe löschen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Delete {n:,} runs in the trash for good?</source>
   <extracomment>For one: Delete the one run in the trash for good?</extracomment>
   <translation>
    <numerusform>Den einen Lauf im Papierkorb endgültig löschen?</numerusform>
    <numerusform>{n:,} Läufe im Papierkorb endgültig löschen?</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Empty the trash…</source>
   <translation>Papierkorb leeren…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>How long runs are kept…</source>
   <translation>Wie lange Läufe bleiben…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Keep runs again</source>
   <translation>Läufe wieder aufheben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Private: new runs are not kept.</source>
   <translation>Privat: Neue Läufe werden nicht aufgehoben.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Star the chosen {n:,} runs</source>
   <extracomment>For one: Star the chosen run</extracomment>
   <translation>
    <numerusform>Den gewählten Lauf mit Stern markieren</numerusform>
    <numerusform>Die gewählten {n:,} Läufe mit Stern markieren</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Take the star from the chosen {n:,} runs</source>
   <extracomment>For one: Take the star from the chosen run</extracomment>
   <translation>
    <numerusform>Dem gewählten Lauf den Stern nehmen</numerusform>
    <numerusform>Den gewählten {n:,} Läufen den Stern nehmen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>Taken from the run: {tags}.</source>
   <translation>Dem Lauf genommen: {tags}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>The message about the history says why. They are saved as soon as it works.</source>
   <translation>Die Meldung zum Verlauf sagt warum. Sie werden gespeichert, sobald es geht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>The trash is empty.</source>
   <translation>Der Papierkorb ist leer.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>They are gone when another run is shown.</source>
   <translation>Sie sind weg, sobald ein anderer Lauf gezeigt wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>This cannot be undone.</source>
   <translation>Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>{n:,} of the chosen runs are only in memory and cannot be changed yet.</source>
   <extracomment>For one: One chosen run is only in memory and cannot be changed yet.</extracomment>
   <translation>
    <numerusform>Ein gewählter Lauf ist nur im Speicher und noch nicht änderbar.</numerusform>
    <numerusform>{n:,} der gewählten Läufe sind nur im Speicher und noch nicht änderbar.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>{n:,} runs are in the trash.</source>
   <extracomment>For one: The run is in the trash.</extracomment>
   <translation>
    <numerusform>Der Lauf ist im Papierkorb.</numerusform>
    <numerusform>{n:,} Läufe sind im Papierkorb.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>{n:,} runs have a star now.</source>
   <extracomment>For one: One run has a star now.</extracomment>
   <translation>
    <numerusform>Ein Lauf hat jetzt einen Stern.</numerusform>
    <numerusform>{n:,} Läufe haben jetzt einen Stern.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/keeper.py" />
   <source>{n:,} runs have no star now.</source>
   <extracomment>For one: One run has no star now.</extracomment>
   <translation>
    <numerusform>Ein Lauf hat jetzt keinen Stern.</numerusform>
    <numerusform>{n:,} Läufe haben jetzt keinen Stern.</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/model.py" />
   <source>Click to order by it.</source>
   <translation>Klicken, um danach zu ordnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/model.py" />
   <source>Only in memory so far: {unsaved}</source>
   <translation>Bisher nur im Speicher: {unsaved}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source> · {without:,} without</source>
   <translation> · {without:,} ohne</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>A number of the runs</source>
   <translation>Eine Zahl der Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>Over what</source>
   <translation>Worüber</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>Which number</source>
   <translation>Welche Zahl</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>over prompt versions</source>
   <translation>über Prompt-Versionen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>over time</source>
   <translation>über die Zeit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>score {metric}</source>
   <translation>Score {metric}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>{n_found:,} versions · bar: ± 1 standard deviation</source>
   <translation>{n_found:,} Versionen · Balken: ± 1 Standardabweichung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/plot.py" />
   <source>{runs:,} runs{without}</source>
   <translation>{runs:,} Läufe{without}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Mark this run with a star.</source>
   <translation>Diesen Lauf mit einem Stern markieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Move this run to the trash</source>
   <translation>Diesen Lauf in den Papierkorb legen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Move this run to the trash; that can be undone.</source>
   <translation>Diesen Lauf in den Papierkorb legen; das lässt sich rückgängig machen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Star</source>
   <translation>Stern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>Tags, separated by commas</source>
   <translation>Tags, durch Kommas getrennt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>no rating</source>
   <translation>keine Bewertung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>tags, with commas</source>
   <translation>Tags, mit Kommas</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/remarks.py" />
   <source>{number} of 5</source>
   <translation>{number} von 5</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <location filename="../../workbench/gui/settings/controller.py" />
   <source>How long runs are kept</source>
   <translation>Wie lange Läufe bleiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <source>Only so many of the newest are kept</source>
   <translation>Nur so viele der neuesten bleiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <source>Runs older than this go to the trash</source>
   <translation>Ältere Läufe kommen in den Papierkorb nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <source>Runs with a star, a tag, a rating, a note or a name stay, and those that others were forked from. Without a rule everything is kept for ever.</source>
   <translation>Läufe mit Stern, Tag, Bewertung, Notiz oder Namen bleiben, ebenso die, von denen andere abgezweigt sind. Ohne Regel bleibt alles für immer.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <source>What lies in the trash is deleted after</source>
   <translation>Was im Papierkorb liegt, wird gelöscht nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <source>days</source>
   <translation>Tagen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/rules_dialog.py" />
   <source>runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>Close the window and run `workbench history repair`; the file as it is is kept.</source>
   <translation>Das Fenster schließen und „workbench history repair“ ausführen; die Datei bleibt, wie sie ist, erhalten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>The history has {count} in {counts}.</source>
   <translation>Der Verlauf hat {count} in {counts}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>The history is being checked…</source>
   <translation>Der Verlauf wird geprüft…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>The history is being copied…</source>
   <translation>Der Verlauf wird kopiert…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>The history is copied to {made}.</source>
   <translation>Der Verlauf ist nach {made} kopiert.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>The history is only in memory.</source>
   <translation>Der Verlauf ist nur im Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>The history is whole: {counts}.</source>
   <translation>Der Verlauf ist unversehrt: {counts}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>There is no file to copy or to check.</source>
   <translation>Es gibt keine Datei zu kopieren oder zu prüfen.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/history/safety.py" />
   <source>{n:,} problems</source>
   <extracomment>For one: 1 problem</extracomment>
   <translation>
    <numerusform>1 Problem</numerusform>
    <numerusform>{n:,} Probleme</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/safety.py" />
   <source>{runs:,} runs, {texts:,} texts, {replies:,} replies</source>
   <translation>{runs:,} Läufe, {texts:,} Texte, {replies:,} Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>By experiment</source>
   <translation>Nach Experiment</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>By model</source>
   <translation>Nach Modell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>By prompt</source>
   <translation>Nach Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>By tag</source>
   <translation>Nach Tag</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>By version</source>
   <translation>Nach Version</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Choose columns</source>
   <translation>Spalten wählen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Columns ▾</source>
   <translation>Spalten ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Group the runs</source>
   <translation>Läufe gruppieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Groups</source>
   <translation>Gruppen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>More ▾</source>
   <translation>Mehr ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>No groups</source>
   <translation>Keine Gruppen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Plot a number over time</source>
   <translation>Eine Zahl über die Zeit auftragen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Private</source>
   <translation>Privat</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Private: keep no new runs</source>
   <translation>Privat: keine neuen Läufe aufheben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <location filename="../../workbench/gui/history/table.py" />
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Search the runs</source>
   <translation>Läufe durchsuchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Search: words, "a phrase", model:demo, tag:good, temp&gt;0.5, date:today …</source>
   <translation>Suchen: Wörter, "eine Wendung", model:demo, tag:gut, temp&gt;0.5, date:today …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>Trash, rules and privacy</source>
   <translation>Papierkorb, Regeln und Privates</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/space.py" />
   <source>While this is on, new runs are not written to the history.</source>
   <translation>Solange das an ist, werden neue Läufe nicht in den Verlauf geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history/table.py" />
   <source>score {m}</source>
   <translation>Score {m}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history_controller.py" />
   <source>dd MMM yyyy, HH:mm:ss</source>
   <comment>pattern of a date</comment>
   <translation>d. MMM yyyy, HH:mm:ss</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/history_controller.py" />
   <source>seed {seed} · {status}</source>
   <translation>Seed {seed} · {status}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/hover_card.py" />
   <source>Alternatives for {token}</source>
   <translation>Alternativen zu {token}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/hover_card.py" />
   <source>Click an alternative to fork there · ←→ walk · Esc releases</source>
   <translation>Klick zweigt dort ab · ←→ gehen · Esc gibt frei</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/hover_card.py" />
   <source>Click keeps this open · ←→ walk</source>
   <translation>Klick hält die Karte offen · ←→ gehen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/hover_card.py" />
   <source>No probabilities for this token.</source>
   <translation>Keine Wahrscheinlichkeiten zu diesem Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/import_controller.py" />
   <source>Import prompts</source>
   <translation>Prompts importieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/import_controller.py" />
   <source>Left out: {left_out}</source>
   <translation>Ausgelassen: {left_out}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/import_controller.py" />
   <source>Prompts of other tools ({endings});;All files (*)</source>
   <translation>Prompts anderer Werkzeuge ({endings});;Alle Dateien (*)</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/import_controller.py" />
   <source>{n} prompts imported from {name}.</source>
   <extracomment>For one: One prompt imported from {name}.</extracomment>
   <translation>
    <numerusform>Ein Prompt aus {name} importiert.</numerusform>
    <numerusform>{n} Prompts aus {name} importiert.</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/key_hints.py" />
   <source>“{action}” in the palette</source>
   <translation>„{action}“ in der Palette</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Add Ctrl or Alt, or take a function key.</source>
   <translation>Strg oder Alt dazunehmen oder eine Funktionstaste verwenden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Add a message below this one</source>
   <translation>Eine Nachricht unter dieser einfügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Choose others.</source>
   <translation>Andere wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Cut</source>
   <translation>Ausschneiden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Delete the message</source>
   <translation>Die Nachricht löschen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Duplicate a prompt in the library</source>
   <translation>Einen Prompt der Bibliothek duplizieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Duplicate the message</source>
   <translation>Die Nachricht duplizieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Fold or unfold the message</source>
   <translation>Die Nachricht ein- oder ausklappen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Go a word back</source>
   <translation>Ein Wort zurück</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Go a word on</source>
   <translation>Ein Wort weiter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Move a sampler</source>
   <translation>Einen Sampler verschieben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Move the message down</source>
   <translation>Die Nachricht nach unten verschieben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Move the message up</source>
   <translation>Die Nachricht nach oben verschieben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Offer names and filters</source>
   <translation>Namen und Filter anbieten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Press the keys themselves.</source>
   <translation>Die Tasten selbst drücken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Rename or edit</source>
   <translation>Umbenennen oder bearbeiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Reset that one first.</source>
   <translation>Zuerst jenes zurücksetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Select all</source>
   <translation>Alles auswählen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Shortcuts that cannot be used are left out: {names}.</source>
   <translation>Nicht verwendbare Tastenkürzel sind ausgelassen: {names}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>Take it from there, or choose others.</source>
   <translation>Dort wegnehmen oder andere wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>{keys} alone is for typing.</source>
   <translation>{keys} allein ist zum Tippen da.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>{keys} belongs to “{action}”.</source>
   <translation>{keys} gehört zu „{action}“.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>{keys} is “{what}” and stays so.</source>
   <translation>{keys} ist „{what}“ und bleibt es.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/keymap.py" />
   <source>“{keys}” is no key.</source>
   <translation>„{keys}“ ist keine Taste.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source> and {n_others} more</source>
   <translation> und {n_others} weiteren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>Add a folder of prompts</source>
   <translation>Einen Ordner mit Prompts hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>Edits that were not saved are kept of {names}{more}.</source>
   <translation>Ungespeicherte Änderungen sind aufgehoben von {names}{more}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>It lies in {inside}.</source>
   <translation>Er liegt in {inside}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>No file manager answers; the path {path} is on the clipboard.</source>
   <translation>Kein Dateimanager antwortet; der Pfad {path} ist in der Zwischenablage.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>Open a prompt</source>
   <translation>Prompt öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>Open {title}</source>
   <translation>{title} öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>Prompts (*.prompt.yml *.prompt.yaml *.yml *.txt *.md);;All files (*)</source>
   <translation>Prompts (*.prompt.yml *.prompt.yaml *.yml *.txt *.md);;Alle Dateien (*)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>They are back when you open the prompt.</source>
   <translation>Sie sind wieder da, wenn Sie den Prompt öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>{folder} is in the library already.</source>
   <translation>{folder} ist schon in der Bibliothek.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_controller.py" />
   <source>{folder} is not in the library any more; its files stay.</source>
   <translation>{folder} ist nicht mehr in der Bibliothek; seine Dateien bleiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_tree.py" />
   <source>Prompt library</source>
   <translation>Prompt-Bibliothek</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/library_tree.py" />
   <source>broken: {error}</source>
   <translation>defekt: {error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/messages.py" />
   <source>Copy details</source>
   <translation>Details kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/messages.py" />
   <source>Copy the message and all that is known about it</source>
   <translation>Die Meldung und alles, was dazu bekannt ist, kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/messages.py" />
   <source>Dismiss this message</source>
   <translation>Diese Meldung ausblenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/messages.py" />
   <source>Something unforeseen happened ({kind}: {error}).</source>
   <translation>Etwas Unvorhergesehenes ist geschehen ({kind}: {error}).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/messages.py" />
   <source>Your text is still here. Copy the details if you report it.</source>
   <translation>Ihr Text ist noch da. Für eine Fehlermeldung die Details kopieren.</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/messages.py" />
   <source>{n:,} more messages wait.</source>
   <extracomment>For one: 1 more message waits.</extracomment>
   <translation>
    <numerusform>1 weitere Meldung wartet.</numerusform>
    <numerusform>{n:,} weitere Meldungen warten.</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/columns.py" />
   <source>bans, bias</source>
   <translation>Sperren, Bias</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/columns.py" />
   <source>draw</source>
   <translation>Ziehung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/columns.py" />
   <source>grammar</source>
   <translation>Grammatik</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/columns.py" />
   <source>penalties</source>
   <translation>Strafen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/columns.py" />
   <source>temperature</source>
   <translation>Temperatur</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/controller.py" />
   <source>Stopped; the rest of the reply was not replayed.</source>
   <translation>Angehalten; der Rest der Antwort wurde nicht nachgespielt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/controller.py" />
   <source>computing logits again…</source>
   <translation>Logits werden neu berechnet…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/controller.py" />
   <source>{done:,} of {n_tokens:,} tokens replayed; Esc stops.</source>
   <translation>{done:,} von {n_tokens:,} Token nachgespielt; Esc hält an.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/controller.py" />
   <source>“{words}” · token {place:,}</source>
   <translation>„{words}“ · Token {place:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/exporting.py" />
   <source>Numbers (TSV)…</source>
   <translation>Zahlen (TSV)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/exporting.py" />
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Picture (PNG)…</source>
   <translation>Bild (PNG)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/exporting.py" />
   <source>Picture (SVG)…</source>
   <translation>Bild (SVG)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/side.py" />
   <source>Samplers</source>
   <translation>Sampler</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/side.py" />
   <source>What every sampler leaves at the chosen token, and the whole reply under other settings.</source>
   <translation>Was jeder Sampler am gewählten Token übrig lässt, und die ganze Antwort unter anderen Einstellungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source> (before: {before} %)</source>
   <translation> (vorher: {before} %)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>all other tokens after {name}: {others} %</source>
   <translation>alle anderen Token nach {name}: {others} %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{left} · it acts at {xtc_chance} % of the tokens, by the run's seed</source>
   <translation>{left} · es greift bei {xtc_chance} % der Token, nach dem Seed des Laufs</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{number:,} of {whole:,} tokens left, {mass} % of the model's mass</source>
   <translation>{number:,} von {whole:,} Token übrig, {mass} % der Masse des Modells</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{quoted} · after {name}: {now} %{was}</source>
   <translation>{quoted} · nach {name}: {now} %{was}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{quoted} · dropped before {name}</source>
   <translation>{quoted} · vor {name} gestrichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{quoted} · dropped by {name} at {before} %</source>
   <translation>{quoted} · von {name} bei {before} % gestrichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{stage_label} leaves {number:,} tokens, {mass} % of the mass</source>
   <translation>{stage_label} lässt {number:,} Token übrig, {mass} % der Masse</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{stage_label}: changes nothing here · {left}</source>
   <translation>{stage_label}: ändert hier nichts · {left}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{words} comes through with {p} %</source>
   <translation>{words} kommt mit {p} % durch</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>{words} is dropped by {stage_label}</source>
   <translation>{words} wird von {stage_label} gestrichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/stage_facts.py" />
   <source>“{words}” · id {id:,}</source>
   <translation>„{words}“ · ID {id:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source> (drawn at {before:,.2f})</source>
   <translation> (gezogen bei {before:,.2f})</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source> and {n_places:,} more</source>
   <translation> und {n_places:,} weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>Every token could still be said.</source>
   <translation>Jedes Token könnte noch ausgegeben werden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>No token of this reply can be judged under these settings.</source>
   <translation>Kein Token dieser Antwort lässt sich unter diesen Einstellungen beurteilen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>Not this reply any more; its other</source>
   <translation>Nicht mehr diese Antwort; ihre übrigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>This exact reply: log p {logprob:,.2f} nats{before}</source>
   <translation>Genau diese Antwort: log p {logprob:,.2f} nats{before}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>What is known:</source>
   <translation>Was bekannt ist:</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>wanted {wanted}, said “{said}”</source>
   <translation>wollte {wanted}, sagte „{said}“</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <location filename="../../workbench/gui/prompt_controller.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>{n:,} tokens</source>
   <extracomment>For one: 1 token</extracomment>
   <translation>
    <numerusform>1 Token</numerusform>
    <numerusform>{n:,} Token</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>{rest} {tokens}: log p {logprob:,.2f} nats{before}</source>
   <translation>{rest} {tokens}: log p {logprob:,.2f} nats{before}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>{tokens} cannot be decided: a sampler's state is unknown</source>
   <translation>{tokens} nicht zu entscheiden: Der Zustand eines Samplers ist unbekannt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>{tokens} could no longer be said: {names}</source>
   <translation>{tokens} nicht mehr möglich: {names}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/verdict_words.py" />
   <source>{tokens} dropped by chance (XTC, this seed): {names}</source>
   <translation>{tokens} durch Zufall gestrichen (XTC, dieser Seed): {names}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>+ the model wanted something else here and was held back</source>
   <translation>+ hier wollte das Modell etwas anderes und wurde zurückgehalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>; the first {most_rows:,} are listed</source>
   <translation>; die ersten {most_rows:,} sind aufgeführt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>At {places} the model was held back{shown}.</source>
   <translation>Bei {places} wurde das Modell zurückgehalten{shown}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Back to the settings the reply was made with</source>
   <translation>Zurück zu den Einstellungen, mit denen die Antwort entstand</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Colour by {value}</source>
   <translation>Färben nach {value}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Colour the reply by how its probabilities change: orange with a minus where a token gets less likely, the strongest where it could no longer be said.</source>
   <translation>Die Antwort danach färben, wie sich ihre Wahrscheinlichkeiten ändern: orange mit Minus, wo ein Token unwahrscheinlicher wird, am stärksten, wo es nicht mehr möglich wäre.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Colour the reply by what bans, bias and grammar took from the model.</source>
   <translation>Die Antwort danach färben, was Sperren, Bias und Grammatik dem Modell genommen haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Leave the reply in the tint of the title row.</source>
   <translation>Die Antwort in der Einfärbung der Titelzeile lassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>No bans, no bias and no grammar in these settings.</source>
   <translation>Keine Sperren, kein Bias und keine Grammatik in diesen Einstellungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Put these settings into the Prompt workspace</source>
   <translation>Diese Einstellungen in den Arbeitsbereich „Prompt“ übernehmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Run's settings</source>
   <translation>Einstellungen des Laufs</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>The constraints took nothing worth telling: the model wanted what it said.</source>
   <translation>Die Beschränkungen haben nichts Nennenswertes genommen: Das Modell wollte, was es gesagt hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>The sum of the natural logarithms of every token's probability after the samplers.</source>
   <translation>Die Summe der natürlichen Logarithmen der Wahrscheinlichkeit jedes Tokens nach den Samplern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Use for the next run</source>
   <translation>Für den nächsten Lauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>Wanted but forbidden</source>
   <translation>Gewollt, aber verboten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>What if</source>
   <translation>Was wäre wenn</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>as the title row says</source>
   <translation>wie die Titelzeile sagt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>change</source>
   <translation>Änderung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>colour the reply by</source>
   <translation>Antwort färben nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>forbidden</source>
   <translation>Verbotenem</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>tint</source>
   <translation>Einfärbung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>token {index:,} · {how_much}
{what}</source>
   <translation>Token {index:,} · {how_much}
{what}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/microscope/what_if_panel.py" />
   <source>− less likely, + more likely (full at a factor of 10); strongest −: not possible any more</source>
   <translation>− unwahrscheinlicher, + wahrscheinlicher (voll bei Faktor 10); stärkstes −: nicht mehr möglich</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/controller.py" />
   <source>Its server's own pages say more about it.</source>
   <translation>Die Seiten seines Servers sagen mehr darüber.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/controller.py" />
   <source>This model is held by {url}, and its file cannot be read from here.</source>
   <translation>Dieses Modell liegt bei {url}, und seine Datei lässt sich von hier nicht lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/dialog.py" />
   <source>Model card</source>
   <translation>Modellkarte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/dialog.py" />
   <source>Open another model…</source>
   <translation>Anderes Modell öffnen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/dialog.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>The header is being read…</source>
   <translation>Der Kopf wird gelesen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/dialog.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>path</source>
   <translation>Pfad</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/facts_page.py" />
   <source>About the model</source>
   <translation>Über das Modell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/facts_page.py" />
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>Copy key</source>
   <translation>Schlüssel kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>Copy value</source>
   <translation>Wert kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>Metadata</source>
   <translation>Metadaten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>Search keys and values</source>
   <translation>Schlüssel und Werte suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>Search the metadata</source>
   <translation>Metadaten durchsuchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>The chosen value</source>
   <translation>Der gewählte Wert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <source>{n:,} keys</source>
   <extracomment>For one: {n} key</extracomment>
   <translation>
    <numerusform>1 Schlüssel</numerusform>
    <numerusform>{n:,} Schlüssel</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/keys_page.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>{n:,} of {words}</source>
   <translation>{n:,} von {words}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source> + {gpu} GPU</source>
   <translation> + {gpu} GPU</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Copy the chat template</source>
   <translation>Chat-Vorlage kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Edit for this model…</source>
   <translation>Für dieses Modell bearbeiten…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Estimates from the header: weights, the cache of keys and values in the type named above, and working memory. ✓ fits into what is free now.</source>
   <translation>Schätzungen aus dem Kopf: Gewichte, der Cache der Schlüssel und Werte im oben genannten Typ und Arbeitsspeicher. ✓ passt in das, was jetzt frei ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Memory by context</source>
   <translation>Speicher nach Kontext</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>No prompt runs on this file; it is loaded with a model.</source>
   <translation>Auf dieser Datei läuft kein Prompt; sie wird mit einem Modell geladen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>No vocabulary.</source>
   <translation>Kein Vokabular.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Special tokens</source>
   <translation>Besondere Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>This model has no chat template: it continues raw texts.</source>
   <translation>Dieses Modell hat keine Chat-Vorlage: Es setzt rohe Texte fort.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Types of tensors</source>
   <translation>Typen der Tensoren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>Which chat template</source>
   <translation>Welche Chat-Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>context</source>
   <translation>Kontext</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>does not fit</source>
   <translation>passt nicht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>fits</source>
   <translation>passt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>id</source>
   <translation>ID</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>not in the vocabulary</source>
   <translation>nicht im Vokabular</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/experiments/model_fit.py" />
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>share</source>
   <translation>Anteil</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <location filename="../../workbench/experiments/model_facts.py" />
   <source>size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>tensors</source>
   <translation>Tensoren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <location filename="../../workbench/engine/gguf_kinds.py" />
   <source>text</source>
   <translation>Text</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>type</source>
   <translation>Typ</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>weights</source>
   <translation>Gewichte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/pages.py" />
   <source>{kind} cache</source>
   <translation>{kind}-Cache</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/view.py" />
   <source>About</source>
   <translation>Übersicht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/view.py" />
   <source>All keys</source>
   <comment>a tab</comment>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/view.py" />
   <source>Chat template</source>
   <comment>a tab</comment>
   <translation>Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/view.py" />
   <source>Copy the card as text</source>
   <translation>Karte als Text kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/view.py" />
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_card/view.py" />
   <source>Weights</source>
   <translation>Gewichte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_controller.py" />
   <source>{name} · not connected</source>
   <translation>{name} · nicht verbunden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_controller.py" />
   <source>{stem} · not loaded</source>
   <translation>{stem} · nicht geladen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_tools.py" />
   <source>Recent models</source>
   <translation>Zuletzt verwendete Modelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/model_tools.py" />
   <source>Recent prompts</source>
   <translation>Zuletzt verwendete Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/number_row.py" />
   <source> Neutral: {value:g}.</source>
   <translation> Neutral: {value:g}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/number_row.py" />
   <source>{help}{neutral_text} Double-click resets to {default:g}.</source>
   <translation>{help}{neutral_text} Doppelklick setzt auf {default:g} zurück.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/number_row.py" />
   <source>{label}{unit}, slider</source>
   <translation>{label}{unit}, Schieberegler</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/chips.py" />
   <source>Broken files, projectors, adapters and embedding models: no prompt runs on them.</source>
   <translation>Defekte Dateien, Projektoren, Adapter und Embedding-Modelle: Auf ihnen läuft kein Prompt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/chips.py" />
   <source>Not to run</source>
   <translation>Nicht ausführbar</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/chips.py" />
   <source>Show models of {name}</source>
   <translation>Modelle von {name} zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/chips.py" />
   <source>{name}  {count:,}</source>
   <translation>{name}  {count:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <source>Add a folder of models</source>
   <translation>Ordner mit Modellen hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Add a folder…</source>
   <translation>Ordner hinzufügen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <source>Forget {folder}</source>
   <translation>{folder} vergessen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <source>GGUF models (*.gguf);;All files (*)</source>
   <translation>GGUF-Modelle (*.gguf);;Alle Dateien (*)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <source>Look again</source>
   <translation>Noch einmal suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <source>Look in Downloads, Documents and Desktop too</source>
   <translation>Auch in Downloads, Dokumente und Schreibtisch suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Open a model</source>
   <translation>Modell öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/controller.py" />
   <source>Show everything on this machine</source>
   <translation>Alles auf diesem Rechner zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Browse…</source>
   <translation>Durchsuchen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Choose a file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Choose a model to read what its file says of itself.</source>
   <translation>Ein Modell wählen, um zu lesen, was seine Datei über sich sagt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Filter by name, architecture, quantization, folder</source>
   <translation>Nach Name, Architektur, Quantisierung, Ordner filtern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Filter the models</source>
   <translation>Modelle filtern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <location filename="../../workbench/core/settings.py" />
   <source>Folders</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Looking for models…</source>
   <translation>Modelle werden gesucht…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Looking in {where}</source>
   <translation>Suche in {where}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>No models were found. Add a folder, browse for a .gguf file, or drop one on the window.</source>
   <translation>Keine Modelle gefunden. Einen Ordner hinzufügen, eine .gguf-Datei suchen oder eine auf das Fenster ziehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Open this model</source>
   <translation>Dieses Modell öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>Stop the search</source>
   <translation>Suche anhalten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>also known as</source>
   <translation>auch bekannt als</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <source>found in</source>
   <translation>gefunden in</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>kept beside it</source>
   <translation>daneben aufbewahrt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>missing</source>
   <translation>fehlt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>not used here</source>
   <translation>hier nicht verwendet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>{done:,} of {total:,} in {where}</source>
   <translation>{done:,} von {total:,} in {where}</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>{n:,} places could not be read</source>
   <extracomment>For one: {n} place could not be read</extracomment>
   <translation>
    <numerusform>1 Ort ließ sich nicht lesen</numerusform>
    <numerusform>{n:,} Orte ließen sich nicht lesen</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/dialog.py" />
   <source>{source}'s own template, parameters and adapters; the file's are.</source>
   <translation>Vorlage, Parameter und Adapter von {source} selbst; die der Datei gelten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <source>also {names}</source>
   <translation>auch {names}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <source>cannot be used</source>
   <translation>nicht verwendbar</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <source>fits up to {n:,} tokens</source>
   <translation>passt bis {n:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <source>quant.</source>
   <translation>Quant.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/open_model/models_table.py" />
   <source>this machine</source>
   <translation>dieser Rechner</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>a run is under way</source>
   <translation>ein Lauf ist im Gange</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>no model is loaded</source>
   <translation>kein Modell ist geladen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>no prompt is open</source>
   <translation>kein Prompt ist offen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>no reply is on show</source>
   <translation>keine Antwort wird gezeigt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>no token is chosen</source>
   <translation>kein Token ist gewählt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>nothing runs</source>
   <translation>nichts läuft</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/availability.py" />
   <source>the prompt has no mistake</source>
   <translation>der Prompt hat keinen Fehler</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/controller.py" />
   <source>a page of the guide</source>
   <translation>eine Seite des Handbuchs</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/controller.py" />
   <source>it is so already</source>
   <translation>ist schon so</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/controller.py" />
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <location filename="../../workbench/gui/sampler_list.py" />
   <location filename="../../workbench/core/sampler_order.py" />
   <source>off</source>
   <translation>aus</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/controller.py" />
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <location filename="../../workbench/gui/sampler_list.py" />
   <location filename="../../workbench/gui/settings/rows.py" />
   <location filename="../../workbench/gui/value_editors.py" />
   <source>on</source>
   <translation>an</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/controller.py" />
   <source>this one is in use</source>
   <translation>wird gerade verwendet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>&gt; actions   / prompts   @ models   # runs   , settings   ? help</source>
   <translation>&gt; Aktionen   / Prompts   @ Modelle   # Läufe   , Einstellungen   ? Hilfe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>Nothing is called “{text}”.</source>
   <translation>Nichts heißt „{text}“.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <location filename="../../workbench/gui/palette/search_chip.py" />
   <source>Search or run a command</source>
   <translation>Befehl suchen oder ausführen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>What was found</source>
   <translation>Was gefunden wurde</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>action</source>
   <translation>Aktion</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/palette/panel.py" />
   <source>setting</source>
   <translation>Einstellung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Drawing with labels (SVG)…</source>
   <translation>Zeichnung mit Beschriftung (SVG)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Export the matrix</source>
   <translation>Matrix exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Export… ▾</source>
   <translation>Exportieren… ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Picture (PNG), one pixel per cell or larger…</source>
   <translation>Bild (PNG), ein Pixel je Zelle oder größer…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Read the text and show the matrix</source>
   <translation>Den Text lesen und die Matrix zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Show all</source>
   <translation>Alles zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>The attention matrix of a run will stand here: which token looked at which.</source>
   <translation>Hier steht die Attention-Matrix eines Laufs: welches Token auf welches geschaut hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Weights (NPZ)…</source>
   <translation>Gewichte (NPZ)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Weights as a table (CSV)…</source>
   <translation>Gewichte als Tabelle (CSV)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_matrix.py" />
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>Attention weights (NPZ)…</source>
   <translation>Attention-Gewichte (NPZ)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>Drawing of the text (SVG)…</source>
   <translation>Zeichnung des Textes (SVG)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>Picture of the text (PNG)…</source>
   <translation>Bild des Textes (PNG)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>Shares of attention, part by part (CSV)…</source>
   <translation>Attention-Anteile, Teil für Teil (CSV)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>Weights of every token (CSV)…</source>
   <translation>Gewichte jedes Tokens (CSV)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_space.py" />
   <source>What mattered, part by part (CSV)…</source>
   <translation>Was zählte, Teil für Teil (CSV)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>Head</source>
   <translation>Kopf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>Layer</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>Prompt and reply</source>
   <translation>Prompt und Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>The prompt and the reply of a run will stand here; click a token to see where the model looked. Generate a reply (Ctrl+Enter in Prompt), or open a run.</source>
   <translation>Hier stehen Prompt und Antwort eines Laufs; ein Token anklicken, um zu sehen, wohin das Modell geschaut hat. Eine Antwort generieren (Strg+Eingabe in „Prompt“) oder einen Lauf öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>Where the model looked when it said the token: the row of the token before it.</source>
   <translation>Wohin das Modell geschaut hat, als es das Token ausgab: die Zeile des Tokens davor.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>Where the model looks when it reads the token itself.</source>
   <translation>Wohin das Modell schaut, wenn es das Token selbst liest.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>Which later tokens look at the token.</source>
   <translation>Welche späteren Token auf das Token schauen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>all layers</source>
   <translation>alle Schichten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>all layers ▾</source>
   <translation>alle Schichten ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>choosing {labels}: row {labels_2}</source>
   <translation>beim Wählen von {labels}: Zeile {labels_2}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>head {head} ▾</source>
   <translation>Kopf {head} ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>head {number}</source>
   <translation>Kopf {number}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>layer {layer} ▾</source>
   <translation>Schicht {layer} ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>layer {number}</source>
   <translation>Schicht {number}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>mean of heads</source>
   <translation>Mittel der Köpfe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>mean of heads ▾</source>
   <translation>Mittel der Köpfe ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>reading {labels}: its own row</source>
   <translation>beim Lesen von {labels}: seine eigene Zeile</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>who looks at {labels}: its column</source>
   <translation>wer auf {labels} schaut: seine Spalte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/attention_text.py" />
   <source>{asked} · full colour: {full} %</source>
   <translation>{asked} · volle Farbe: {full} %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>Token budget</source>
   <translation>Token-Budget</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>of the few-shot examples</source>
   <translation>aus den Few-Shot-Beispielen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>of the text that the prompt itself says</source>
   <translation>aus dem Text des Prompts selbst</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>that the chat format adds, control tokens included</source>
   <translation>vom Chat-Format hinzugefügt, Steuertoken eingeschlossen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>that the variable {name} brings in</source>
   <translation>aus der Variablen {name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>{between}99 more</source>
   <translation>{between}99 weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>{between}{hidden:,} more</source>
   <translation>{between}{hidden:,} weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/budget.py" />
   <source>{tokens:,} of {total:,} prompt tokens, {what}</source>
   <translation>{tokens:,} von {total:,} Prompt-Token, {what}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>Attention that means nothing: the model has to put it somewhere.</source>
   <translation>Attention ohne Bedeutung: Das Modell muss sie irgendwo lassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>Click a token to see which part of the prompt the model looked at.</source>
   <translation>Ein Token anklicken, um zu sehen, auf welchen Teil des Prompts das Modell geschaut hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Help: what stands here</source>
   <translation>Hilfe: was hier steht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>Models put attention they have no use for on the first token, and sometimes on others that every later token looks at. It can stand as a row of its own, be hidden, or be left out so that the other rows make 100 %.</source>
   <translation>Modelle legen Attention, die sie nicht brauchen, auf das erste Token und manchmal auf andere, auf die jedes spätere Token schaut. Sie kann als eigene Zeile stehen, verborgen sein oder weggelassen werden, sodass die übrigen Zeilen 100 % ergeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>The first token's share</source>
   <translation>Der Anteil des ersten Tokens</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>Where it looked, by part of the prompt</source>
   <translation>Wohin es schaute, nach Teilen des Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>sink {value}</source>
   <translation>Sink {value}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>sink: hidden</source>
   <translation>Sink: verborgen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>sink: left out</source>
   <translation>Sink: weggelassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>sink: shown</source>
   <translation>Sink: gezeigt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>sink: shown ▾</source>
   <translation>Sink: gezeigt ▾</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/panels/by_source.py" />
   <source>{label}: {n:,} tokens</source>
   <extracomment>For one: {label}: 1 token</extracomment>
   <translation>
    <numerusform>{label}: 1 Token</numerusform>
    <numerusform>{label}: {n:,} Token</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/colour_scale.py" />
   <source>Colours go by the square root of the weight: most weights of a long text are small.</source>
   <translation>Farben folgen der Wurzel des Gewichts: Die meisten Gewichte eines langen Textes sind klein.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/colour_scale.py" />
   <source>Colours of weights: dark blue is 0, yellow is 1</source>
   <translation>Farben der Gewichte: Dunkelblau ist 0, Gelb ist 1</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/colour_scale.py" />
   <source>cannot look there</source>
   <translation>kann dort nicht schauen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Choose a prompt in the library on the left, or begin with an empty one.</source>
   <translation>Links in der Bibliothek einen Prompt wählen oder mit einem leeren beginnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Only the template</source>
   <translation>Nur die Vorlage</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Rendered</source>
   <translation>Gerendert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>The exact prompt with the borders of its tokens, spaces and line breaks visible</source>
   <translation>Der exakte Prompt mit den Grenzen seiner Token, Leerzeichen und Zeilenumbrüche sichtbar</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>The prompt file as it will be saved</source>
   <translation>Die Prompt-Datei, wie sie gespeichert wird</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>The template and the exact prompt</source>
   <translation>Die Vorlage und der exakte Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Write</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Write a new prompt</source>
   <translation>Neuen Prompt schreiben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/editor.py" />
   <source>Write the prompt as a file for another tool (Ctrl+E)</source>
   <translation>Den Prompt als Datei für ein anderes Werkzeug schreiben (Strg+E)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>
… {n_hidden:,} tokens are not drawn …
</source>
   <translation>
… {n_hidden:,} Token sind nicht gezeichnet …
</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>Copy what was passed in</source>
   <translation>Kopieren, was übergeben wurde</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>Copy what was passed in to the chat template</source>
   <translation>Kopieren, was der Chat-Vorlage übergeben wurde</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>Stands here as soon as the mistake is mended (F8 goes to it).</source>
   <translation>Steht hier, sobald der Fehler behoben ist (F8 führt zu ihm).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/exact_prompt.py" />
   <source>exact prompt · as the model reads it</source>
   <translation>exakter Prompt · wie ihn das Modell liest</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_chips.py" />
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>Heads</source>
   <translation>Köpfe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_chips.py" />
   <source>Rows are layers, columns are heads. Arrow keys move, Enter chooses a head.</source>
   <translation>Zeilen sind Schichten, Spalten sind Köpfe. Pfeiltasten gehen, Eingabe wählt einen Kopf.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>Best head {at}</source>
   <translation>Bester Kopf {at}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>Colour the heads by</source>
   <translation>Köpfe färben nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>Every head of every layer of a run will stand here, ranked for the token you click.</source>
   <translation>Hier steht jeder Kopf jeder Schicht eines Laufs, geordnet für das angeklickte Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>Layer {layer}, head {head}: {figure}</source>
   <translation>Schicht {layer}, Kopf {head}: {figure}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>Show the mean over all layers and heads</source>
   <translation>Das Mittel über alle Schichten und Köpfe zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>mean</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/head_strip.py" />
   <source>no matrix</source>
   <translation>keine Matrix</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/history.py" />
   <source>Runs, newest first</source>
   <translation>Läufe, neueste zuerst</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/history.py" />
   <source>seed {seed} · run {run_id}</source>
   <translation>Seed {seed} · Lauf {run_id}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/history.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <source>{n_tokens:,} tokens</source>
   <translation>{n_tokens:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source> Stopped before everything was tried.</source>
   <translation> Angehalten, bevor alles versucht war.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Changes of the whole reply, or of the token that is kept.</source>
   <translation>Änderungen der ganzen Antwort oder des gehaltenen Tokens.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Copy the shortened prompt</source>
   <translation>Gekürzten Prompt kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Drop the parts that matter least, one after another, while the log-probability of this reply falls by no more than the given number of nats. Another reply may need what this one does not.</source>
   <translation>Die unwichtigsten Teile einen nach dem anderen weglassen, solange die Log-Wahrscheinlichkeit dieser Antwort um höchstens so viele nats fällt. Eine andere Antwort mag brauchen, was diese nicht braucht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Edits that mean nothing, and what they did:</source>
   <translation>Änderungen ohne Bedeutung, und was sie bewirkten:</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Leaves out each part of the prompt in turn and scores the same reply again: what made it likely, measured rather than guessed.</source>
   <translation>Lässt jeden Teil des Prompts einmal weg und bewertet dieselbe Antwort neu: was sie wahrscheinlich gemacht hat, gemessen statt geraten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Measure</source>
   <translation>Messen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Measure the selected tokens</source>
   <translation>Ausgewählte Token messen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Nats that may be lost</source>
   <translation>nats, die verloren gehen dürfen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>No part can go: each would cost more than {loss:g} nats.</source>
   <translation>Kein Teil kann weg: Jeder würde mehr als {loss:g} nats kosten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Order of the parts</source>
   <translation>Reihenfolge der Teile</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Parts by the size of their change, or as they stand in the prompt.</source>
   <translation>Teile nach Größe ihrer Änderung oder wie sie im Prompt stehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Shorten the prompt</source>
   <translation>Prompt kürzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Shorten…</source>
   <translation>Kürzen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Text that takes each part's place</source>
   <translation>Text anstelle jedes Teils</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>The prompt was {how}.</source>
   <translation>Der Prompt wurde {how}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>What mattered</source>
   <translation>Was zählte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>What takes a part's place</source>
   <translation>Was an die Stelle eines Teils tritt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Which parts</source>
   <translation>Welche Teile</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Whole reply or this token</source>
   <translation>Ganze Antwort oder dieses Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>attention</source>
   <translation>Attention</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>attention is not explanation: where the two disagree, trust the ablation</source>
   <translation>Attention ist keine Erklärung: Wo beide sich widersprechen, der Ablation trauen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>attention: of the one row shown above</source>
   <translation>Attention: der einen Zeile, die oben gezeigt ist</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>cut from the text</source>
   <translation>aus dem Text geschnitten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>default instead</source>
   <translation>stattdessen Standard</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>in order</source>
   <translation>der Reihe nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>largest first</source>
   <translation>größte zuerst</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>nats may be lost</source>
   <translation>nats dürfen verloren gehen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>noise floor not available: {why}</source>
   <translation>Rauschgrenze nicht verfügbar: {why}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>noise floor ±{floor:.2f}</source>
   <translation>Rauschgrenze ±{floor:.2f}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>noise floor ±{floor:.3f}</source>
   <translation>Rauschgrenze ±{floor:.3f}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>parts: automatic</source>
   <translation>Teile: automatisch</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>parts: by source</source>
   <translation>Teile: nach Herkunft</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>parts: examples</source>
   <translation>Teile: Beispiele</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>parts: messages</source>
   <translation>Teile: Nachrichten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>parts: sentences</source>
   <translation>Teile: Sätze</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>removed</source>
   <translation>entfernt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>rendered again without it</source>
   <translation>ohne ihn neu gerendert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>text instead</source>
   <translation>stattdessen Text</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>text that takes each part's place</source>
   <translation>Text anstelle jedes Teils</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>the kept token</source>
   <translation>das gehaltene Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>the prompt's tokens were others: {retokenized}</source>
   <translation>die Token des Prompts waren andere: {retokenized}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>the whole reply</source>
   <translation>die ganze Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>the whole reply ▾</source>
   <translation>die ganze Antwort ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>this token {token} ▾</source>
   <translation>dieses Token {token} ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>{tokens_before:,} → {n_ids:,} tokens ({tokens_saved:,} saved), {change} nats, without {names}.</source>
   <translation>{tokens_before:,} → {n_ids:,} Token ({tokens_saved:,} gespart), {change} nats, ohne {names}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>{tokens_saved:,} tokens shorter without it.</source>
   <translation>{tokens_saved:,} Token kürzer ohne ihn.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/influence.py" />
   <source>Δ nats</source>
   <translation>Δ nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Colour by</source>
   <translation>Färben nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Drawing (SVG)…</source>
   <translation>Zeichnung (SVG)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Export the lens</source>
   <translation>Lens exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Figures (NPZ)…</source>
   <translation>Zahlen (NPZ)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Figures as a table (CSV)…</source>
   <translation>Zahlen als Tabelle (CSV)…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>Look through the layers</source>
   <translation>Durch die Schichten schauen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>The logit lens of a run will stand here: what each layer would say next if it were the last.</source>
   <translation>Hier steht die Logit Lens eines Laufs: was jede Schicht als Nächstes sagen würde, wäre sie die letzte.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>colour by</source>
   <translation>färben nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens.py" />
   <source>unadjusted: early layers were never trained for this</source>
   <translation>unangepasst: Frühe Schichten sind dafür nie trainiert worden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/lens_grid.py" />
   <source>Rows are layers, columns positions. Arrow keys move, Enter keeps the position.</source>
   <translation>Zeilen sind Schichten, Spalten Positionen. Pfeiltasten gehen, Eingabe hält die Position.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Copy the path</source>
   <translation>Pfad kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Delete	Del</source>
   <translation>Löschen	Entf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Duplicate	Ctrl+D</source>
   <translation>Duplizieren	Strg+D</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Empty the search</source>
   <translation>Suche leeren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Empty the search (Esc)</source>
   <translation>Suche leeren (Esc)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Library</source>
   <translation>Bibliothek</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>New chat prompt	Ctrl+N</source>
   <translation>Neuer Chat-Prompt	Strg+N</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>New prompt (Ctrl+N) and folders</source>
   <translation>Neuer Prompt (Strg+N) und Ordner</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>New raw prompt</source>
   <translation>Neuer roher Prompt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>No prompt has “{query}” in its name, tags or text.</source>
   <translation>Kein Prompt hat „{query}“ im Namen, in Tags oder Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>No prompts here.</source>
   <translation>Hier sind keine Prompts.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Not saved yet</source>
   <translation>Noch nicht gespeichert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Rename…	F2</source>
   <translation>Umbenennen…	F2</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Search name, text, #tag</source>
   <translation>Name, Text, #Tag suchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Search the library</source>
   <translation>Bibliothek durchsuchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Show in the file manager</source>
   <translation>Im Dateimanager zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/library.py" />
   <source>Take {title} out of the library</source>
   <translation>{title} aus der Bibliothek nehmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/matrix_or_lens.py" />
   <source>Matrix</source>
   <translation>Matrix</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/matrix_view.py" />
   <source>Attention matrix</source>
   <translation>Attention-Matrix</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/matrix_view.py" />
   <source>Rows are the tokens that look, columns the tokens they look at. Arrow keys move the crosshair, plus and minus zoom, 0 shows everything, Enter keeps the row.</source>
   <translation>Zeilen sind die Token, die schauen, Spalten die, auf die sie schauen. Pfeiltasten bewegen das Fadenkreuz, Plus und Minus zoomen, 0 zeigt alles, Eingabe hält die Zeile.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/matrix_view.py" />
   <source>rows: the token that looks  ·  columns: the token it looks at</source>
   <translation>Zeilen: das Token, das schaut  ·  Spalten: das Token, auf das es schaut</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/message_block.py" />
   <source>Write the message here. {{ name }} makes a variable.</source>
   <translation>Hier die Nachricht schreiben. {{ name }} ergibt eine Variable.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/message_block.py" />
   <source>{n_mistakes} more are underlined; F8 goes to the first.</source>
   <translation>{n_mistakes} weitere sind unterstrichen; F8 führt zur ersten Stelle.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/message_block.py" />
   <source>{role} message</source>
   <translation>Nachricht {role}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source> · logits computed again</source>
   <translation> · Logits neu berechnet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Adaptive-p would have drawn another token before, so its state is not known.</source>
   <translation>Adaptive-p hätte vorher ein anderes Token gezogen, daher ist sein Zustand nicht bekannt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Choose a token of the reply (click it, or walk with the arrow keys): here every sampler shows what it leaves of the model's distribution there.</source>
   <translation>Ein Token der Antwort wählen (anklicken oder mit den Pfeiltasten hingehen): Hier zeigt jeder Sampler, was er dort von der Verteilung des Modells übrig lässt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Copy every number as a table (Ctrl+C in the picture)</source>
   <translation>Alle Zahlen als Tabelle kopieren (Strg+C im Bild)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Copy the microscope's numbers</source>
   <translation>Zahlen des Mikroskops kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Drag a stage's name to reorder · Alt+←/→ moves it · Ctrl+C copies the numbers</source>
   <translation>Namen einer Stufe ziehen, um umzuordnen · Alt+←/→ verschiebt · Strg+C kopiert die Zahlen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Export the microscope</source>
   <translation>Mikroskop exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Export ▾</source>
   <translation>Exportieren ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>From asking the engine to its answer. Logits of the last replies are kept; others are computed again.</source>
   <translation>Von der Anfrage an die Engine bis zur Antwort. Logits der letzten Antworten werden behalten; andere werden neu berechnet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>Mirostat would have drawn another token before, so its state is not known here.</source>
   <translation>Mirostat hätte vorher ein anderes Token gezogen, daher ist sein Zustand hier nicht bekannt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>The grammar forbids an earlier token of this reply, so nothing can be said here.</source>
   <translation>Die Grammatik verbietet ein früheres Token dieser Antwort, daher lässt sich hier nichts sagen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/microscope.py" />
   <source>The picture as PNG or SVG, the numbers as a table</source>
   <translation>Das Bild als PNG oder SVG, die Zahlen als Tabelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>Next token now</source>
   <translation>Nächstes Token jetzt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>Over the whole vocabulary, before any sampler; {cached}.</source>
   <translation>Über das ganze Vokabular, vor allen Samplern; {cached}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>What the model would say next stands here, while you write.</source>
   <translation>Was das Modell als Nächstes sagen würde, steht hier beim Schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>{cached_tokens:,} of {prompt_tokens:,} prompt tokens stood in the cache</source>
   <translation>{cached_tokens:,} von {prompt_tokens:,} Prompt-Token standen im Cache</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/next_token.py" />
   <source>“{words}” · id {id:,} · {logprob:.2f} nats · click begins with it</source>
   <translation>„{words}“ · ID {id:,} · {logprob:.2f} nats · Klick beginnt damit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <source>Generate a reply</source>
   <translation>Antwort generieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <source>The reply will stand here, every token coloured by how sure the model was.</source>
   <translation>Hier steht die Antwort, jedes Token danach gefärbt, wie sicher das Modell war.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Tint</source>
   <translation>Einfärbung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <source>certain</source>
   <translation>sicher</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <source>surprised</source>
   <translation>überrascht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>tint: surprise ▾</source>
   <translation>Farbe: Überraschung ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/reply.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>tint: {name} ▾</source>
   <translation>Farbe: {name} ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Beside another run; two chosen in the list stand side by side.</source>
   <translation>Neben einem anderen Lauf; zwei in der Liste gewählte stehen nebeneinander.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Choose a run on the left to read its exact prompt and its reply.</source>
   <translation>Links einen Lauf wählen, um seinen exakten Prompt und seine Antwort zu lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Compare with another run</source>
   <translation>Mit einem anderen Lauf vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Compare…</source>
   <translation>Vergleichen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Make this run again and compare</source>
   <translation>Diesen Lauf noch einmal machen und vergleichen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Make this run again and say whether it comes out the same.</source>
   <translation>Diesen Lauf noch einmal machen und sagen, ob dasselbe herauskommt.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Open in Prompt</source>
   <translation>In Prompt öffnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/run_details.py" />
   <source>Replay</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <source>Default order of the samplers</source>
   <translation>Standardreihenfolge der Sampler</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <source>Samplers that change nothing</source>
   <translation>Sampler, die nichts ändern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <source>Samplers that change nothing as they are set</source>
   <translation>Sampler, die so eingestellt nichts ändern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <location filename="../../workbench/gui/sampler_list.py" />
   <source>Samplers, in order</source>
   <translation>Sampler, der Reihe nach</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <source>default order</source>
   <translation>Standardreihenfolge</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <source>fewer</source>
   <translation>weniger</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/samplers.py" />
   <source>{n_idle} more</source>
   <translation>{n_idle} weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Bring {name} back</source>
   <translation>{name} zurückholen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Keep these values under the name</source>
   <translation>Diese Werte behalten unter dem Namen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Leave it empty to draw one.</source>
   <translation>Leer lassen, um einen zu ziehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>More parameters</source>
   <translation>Weitere Parameter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Preset</source>
   <translation>Voreinstellung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Save as preset</source>
   <translation>Als Voreinstellung speichern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Save as preset…</source>
   <translation>Als Voreinstellung speichern…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>The same seed gives the same reply; empty draws a new one for every run.</source>
   <translation>Derselbe Seed ergibt dieselbe Antwort; leer zieht für jeden Lauf einen neuen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>The seed must be a whole number, not {words!r}.</source>
   <translation>Der Seed muss eine ganze Zahl sein, nicht {words!r}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>Undo: the values before</source>
   <translation>Rückgängig: die Werte davor</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>balanced ▾</source>
   <translation>ausgewogen ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>custom</source>
   <translation>eigene</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>less</source>
   <translation>weniger</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>more: typical, XTC, DRY, grammar …</source>
   <translation>mehr: typical, XTC, DRY, Grammatik …</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/sampling.py" />
   <source>random</source>
   <translation>zufällig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source> · {over:,} too many</source>
   <translation> · {over:,} zu viel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>Close to the end of the context.</source>
   <translation>Nahe am Ende des Kontexts.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>Context used</source>
   <translation>Belegter Kontext</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>decode {tokens_per_s:,.0f} token/s</source>
   <translation>Dekodieren {tokens_per_s:,.0f} Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>prefill {prefill:,.0f} token/s</source>
   <translation>Prefill {prefill:,.0f} Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>prompt {tokens:,} tokens</source>
   <translation>Prompt {tokens:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>reading the prompt: {done:,} of {total:,}</source>
   <translation>Prompt wird gelesen: {done:,} von {total:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>{prefill_tokens:,} tokens read, {cached_tokens:,} stood in the cache</source>
   <translation>{prefill_tokens:,} Token gelesen, {cached_tokens:,} standen im Cache</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/status_bar.py" />
   <source>{share:.0f} % of the context</source>
   <translation>{share:.0f} % des Kontexts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Adds the difference of two texts' mean residuals while the model reads and writes. A blunt tool: what it moves besides is not shown. The run itself is not changed or recorded.</source>
   <translation>Addiert die Differenz der mittleren Residuen zweier Texte, während das Modell liest und schreibt. Ein grobes Werkzeug: Was es sonst noch bewegt, wird nicht gezeigt. Der Lauf selbst wird weder geändert noch aufgezeichnet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Hide steering</source>
   <translation>Steering ausblenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Reply without steering</source>
   <translation>Antwort ohne Steering</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Save vector…</source>
   <translation>Vektor speichern…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Show steering</source>
   <translation>Steering zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Steer</source>
   <translation>Steuern</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Steer away from</source>
   <translation>Weg steuern von</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Steer towards</source>
   <translation>Hin steuern zu</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Steered reply</source>
   <translation>Gesteuerte Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>Steering</source>
   <translation>Steering</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>What the direction is multiplied with. 1 moves the mean of the second text onto the first's; below zero steers the other way. Large values break the model.</source>
   <translation>Womit die Richtung multipliziert wird. 1 verschiebt das Mittel des zweiten Textes auf das des ersten; unter null steuert in die andere Richtung. Große Werte machen das Modell unbrauchbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>away from, such as: I hate it.</source>
   <translation>weg von, etwa: I hate it.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>experimental</source>
   <translation>experimentell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>hide</source>
   <translation>verbergen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>show</source>
   <translation>zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/steering.py" />
   <source>towards, such as: I love it.</source>
   <translation>hin zu, etwa: I love it.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>Connect to a server…	Ctrl+Alt+O</source>
   <translation>Mit einem Server verbinden…	Strg+Alt+O</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>Help and shortcuts (F1)</source>
   <translation>Hilfe und Tastenkürzel (F1)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>Model card…	Ctrl+Shift+M</source>
   <translation>Modellkarte…	Strg+Umschalt+M</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>Open…	Ctrl+O</source>
   <translation>Öffnen…	Strg+O</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>Settings (Ctrl+,)</source>
   <translation>Einstellungen (Strg+,)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <location filename="../../workbench/core/settings.py" />
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>llama.cpp {llama_cpp}, context {n_ctx:,} tokens, flash attention {value}</source>
   <translation>llama.cpp {llama_cpp}, Kontext {n_ctx:,} Token, Flash Attention {value}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>no model</source>
   <translation>kein Modell</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>{architecture}, {n_params:,} parameters, {n_layer} layers</source>
   <translation>{architecture}, {n_params:,} Parameter, {n_layer} Schichten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>{kind} · on this machine</source>
   <translation>{kind} · auf diesem Rechner</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>{name} · loading…</source>
   <translation>{name} · wird geladen…</translation>
  </message>
  <message numerus="yes">
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>{n} threads</source>
   <extracomment>For one: 1 thread</extracomment>
   <translation>
    <numerusform>1 Thread</numerusform>
    <numerusform>{n} Threads</numerusform>
   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/top_bar.py" />
   <source>⇢ {host} · prompts leave this machine</source>
   <translation>⇢ {host} · Prompts verlassen diesen Rechner</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>Back to the default</source>
   <translation>Zurück zum Standardwert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>Back to what stood here</source>
   <translation>Zurück zu dem, was hier stand</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>Edit the rows as a table</source>
   <translation>Die Zeilen als Tabelle bearbeiten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>Reset {name}</source>
   <translation>{name} zurücksetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>This prompt has no variables.</source>
   <translation>Dieser Prompt hat keine Variablen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>Variables stand here as soon as the mistake in the prompt is mended.</source>
   <translation>Variablen stehen hier, sobald der Fehler im Prompt behoben ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>reset</source>
   <translation>zurücksetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>undo</source>
   <translation>rückgängig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/variables.py" />
   <source>{name} as a table</source>
   <translation>{name} als Tabelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/workspaces.py" />
   <source>All runs</source>
   <translation>Alle Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/workspaces.py" />
   <source>Recent runs</source>
   <translation>Letzte Läufe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/panels/workspaces.py" />
   <source>all ▸</source>
   <translation>alle ▸</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/peek_controller.py" />
   <source>Not available from this server.</source>
   <translation>Von diesem Server nicht verfügbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/peek_controller.py" />
   <source>reading the prompt…</source>
   <translation>Prompt wird gelesen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/pictures.py" />
   <source>A picture of {width:,} x {height:,} pixels cannot be made.</source>
   <translation>Ein Bild mit {width:,} x {height:,} Pixeln lässt sich nicht erzeugen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>Minus the natural logarithm of the model's probability.</source>
   <translation>Minus der natürliche Logarithmus der Wahrscheinlichkeit des Modells.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>Rank: 0 is the likeliest token.</source>
   <translation>Rang: 0 ist das wahrscheinlichste Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>The model's probability, before any sampler.</source>
   <translation>Die Wahrscheinlichkeit des Modells, vor allen Samplern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>The probability after the whole sampler chain.</source>
   <translation>Die Wahrscheinlichkeit nach der ganzen Sampler-Kette.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>The token as text.</source>
   <translation>Das Token als Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>The token's number in the vocabulary.</source>
   <translation>Die Nummer des Tokens im Vokabular.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/alternatives_model.py" />
   <source>token</source>
   <translation>Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <source>1st</source>
   <translation>1.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <source>beyond</source>
   <translation>dahinter</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <source>percent</source>
   <translation>Prozent</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <source>to 1,000th</source>
   <translation>bis 1,000.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <source>to 100th</source>
   <translation>bis 100.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <source>to 10th</source>
   <translation>bis 10.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plot_data.py" />
   <location filename="../../workbench/core/sampling.py" />
   <source>tokens</source>
   <translation>Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots.py" />
   <source>Probability and entropy along the reply</source>
   <translation>Wahrscheinlichkeit und Entropie entlang der Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots.py" />
   <source>The picture could not be written to {path}.</source>
   <translation>Das Bild konnte nicht nach {path} geschrieben werden.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots.py" />
   <source>entropy, nats</source>
   <translation>Entropie, nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots.py" />
   <source>entropy: not available</source>
   <translation>Entropie: nicht verfügbar</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots.py" />
   <source>probability %</source>
   <translation>Wahrscheinlichkeit %</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Along the reply</source>
   <translation>Entlang der Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Copy as CSV</source>
   <translation>Als CSV kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Export: {title}</source>
   <translation>Exportieren: {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Ranks</source>
   <translation>Ränge</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>Ranks of the said tokens</source>
   <translation>Ränge der ausgegebenen Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>The next token</source>
   <translation>Das nächste Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_panel.py" />
   <source>{path} cannot be written: {strerror}.</source>
   <translation>{path} lässt sich nicht schreiben: {strerror}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_side.py" />
   <source> · live</source>
   <translation> · live</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_side.py" />
   <source>Plots</source>
   <translation>Diagramme</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_side.py" />
   <source>Probability and entropy along the reply, the next token, ranks.</source>
   <translation>Wahrscheinlichkeit und Entropie entlang der Antwort, das nächste Token, Ränge.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/plots_side.py" />
   <source>token {index:,}</source>
   <translation>Token {index:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/prompt_map.py" />
   <source> · {seconds:,.0f} s left</source>
   <translation> · noch {seconds:,.0f} s</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/prompt_map.py" />
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Score the prompt</source>
   <translation>Prompt bewerten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/prompt_map.py" />
   <source>scored after the run</source>
   <translation>wird nach dem Lauf bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/prompt_map.py" />
   <source>scoring {done:,} of {total:,} tokens</source>
   <translation>{done:,} von {total:,} Token bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/run_view.py" />
   <source> · the first {n_tokens:,} are shown</source>
   <translation> · die ersten {n_tokens:,} sind gezeigt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/run_view.py" />
   <location filename="../../workbench/gui/run_controller.py" />
   <source>The run failed.</source>
   <translation>Der Lauf ist fehlgeschlagen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/run_view.py" />
   <source>seed {seed} · {count:,} tokens</source>
   <translation>Seed {seed} · {count:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/run_view.py" />
   <source>{n_all:,} tokens</source>
   <translation>{n_all:,} Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Copy tokens</source>
   <translation>Token kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>Copy ▾</source>
   <translation>Kopieren ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Show spaces, newlines and bytes (Ctrl+.)</source>
   <translation>Leerzeichen, Zeilenumbrüche und Bytes zeigen (Strg+.)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Show the prompt as it stands in the editor now, instead of as it was run.</source>
   <translation>Den Prompt zeigen, wie er jetzt im Editor steht, statt wie er ausgeführt wurde.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>The prompt of a run will stand here, every token coloured by how much it surprised.</source>
   <translation>Hier steht der Prompt eines Laufs, jedes Token danach gefärbt, wie sehr es überrascht hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>The reply will stand here. Generate one (Ctrl+Enter in Prompt), or open a run.</source>
   <translation>Hier steht die Antwort. Eine generieren (Strg+Eingabe in „Prompt“) oder einen Lauf öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>The selected tokens, or all: drag over the text to select.</source>
   <translation>Die ausgewählten Token oder alle: zum Auswählen über den Text ziehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Tokens, as JSON</source>
   <translation>Token, als JSON</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>Tokens, as TSV</source>
   <translation>Token, als TSV</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>as edited now</source>
   <translation>wie jetzt bearbeitet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>reply {number}</source>
   <translation>Antwort {number}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>reply {shown} of {count} ▾</source>
   <translation>Antwort {shown} von {count} ▾</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/space.py" />
   <source>¶ bytes</source>
   <translation>¶ Bytes</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>A second beginning-of-text token stands inside the prompt (token {where}). The tokenizer or the chat template adds one already; remove the other.</source>
   <translation>Im Prompt steht ein zweites Textanfang-Token (Token {where}). Der Tokenizer oder die Chat-Vorlage fügt schon eines hinzu; das andere entfernen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>By source</source>
   <translation>Nach Herkunft</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>Most surprising tokens</source>
   <translation>Überraschendste Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>No token of this prompt has another before it: nothing to score.</source>
   <translation>Vor keinem Token dieses Prompts steht ein anderes: nichts zu bewerten.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>Surprise by source</source>
   <translation>Überraschung nach Herkunft</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>Text that people wrote surprises a model by 2 to 4 nats per token; a marker of the chat template hardly at all. A marker that stands out was written by another template.</source>
   <translation>Text von Menschen überrascht ein Modell mit 2 bis 4 nats je Token; eine Marke der Chat-Vorlage kaum. Eine Marke, die heraussticht, stammt aus einer anderen Vorlage.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>The chat template's “{words}” (token {index:,}) surprised the model by {nats:.1f} nats, rank {rank:,}: it does not expect it there. Is this the model's own template?</source>
   <translation>„{words}“ aus der Chat-Vorlage (Token {index:,}) hat das Modell mit {nats:.1f} nats überrascht, Rang {rank:,}: Es erwartet die Marke dort nicht. Ist das die Vorlage des Modells?</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>What surprised the model in the prompt will stand here once the prompt is scored.</source>
   <translation>Hier steht, was das Modell am Prompt überrascht hat, sobald der Prompt bewertet ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>mean nats · tokens</source>
   <translation>mittlere nats · Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>mean {logprob:.2f} nats</source>
   <translation>Mittel {logprob:.2f} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>nats · rank</source>
   <translation>nats · Rang</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>perplexity {perplexity:,.2f}</source>
   <translation>Perplexität {perplexity:,.2f}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>{bits_per_byte:.2f} bits per byte</source>
   <translation>{bits_per_byte:.2f} Bits je Byte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>{n_tokens:,} tokens scored</source>
   <translation>{n_tokens:,} Token bewertet</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>{name}: {n_tokens:,} tokens, {total:.1f} nats together.</source>
   <translation>{name}: {n_tokens:,} Token, zusammen {total:.1f} nats.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_panel.py" />
   <source>“{words}”, token {index:,}: {nats:.2f} nats, rank {rank:,}. Click to go.</source>
   <translation>„{words}“, Token {index:,}: {nats:.2f} nats, Rang {rank:,}. Klicken, um hinzugehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_side.py" />
   <source> · mean {logprob:.2f} nats</source>
   <translation> · Mittel {logprob:.2f} nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_side.py" />
   <source>What surprised the model in the prompt: tokens, sources, mistakes of the template.</source>
   <translation>Was das Modell am Prompt überrascht hat: Token, Herkunft, Fehler der Vorlage.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/surprise_side.py" />
   <source>{n_prompt_tokens:,} tokens{mean}</source>
   <translation>{n_prompt_tokens:,} Token{mean}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>Alternatives</source>
   <translation>Alternativen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>Alternatives that are listed</source>
   <translation>Alternativen in der Liste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>Copy this token</source>
   <translation>Dieses Token kopieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>Double-click or Return: say this instead, in a fork of the run.</source>
   <translation>Doppelklick oder Eingabe: stattdessen ausgeben, in einer Abzweigung des Laufs.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>How many alternatives are listed, 1 to {most}.</source>
   <translation>Wie viele Alternativen aufgeführt sind, 1 bis {most}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>Point at a token to read what else the model could have said; click to keep it.</source>
   <translation>Auf ein Token zeigen, um zu lesen, was das Modell sonst hätte sagen können; ein Klick hält es.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>The table, as TSV</source>
   <translation>Die Tabelle, als TSV</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>The token, as JSON</source>
   <translation>Das Token, als JSON</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_panel.py" />
   <source>top</source>
   <translation>Top</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_side.py" />
   <source>Everything about the token that is pointed at or kept.</source>
   <translation>Alles über das Token, auf das gezeigt oder das gehalten wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/probabilities/token_side.py" />
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_controller.py" />
   <source>No model is loaded.</source>
   <translation>Kein Modell ist geladen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_controller.py" />
   <source>tokens: not available</source>
   <translation>Token: nicht verfügbar</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_controller.py" />
   <source>{name} stays open.</source>
   <translation>{name} bleibt offen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>It lies in {kept_at}.</source>
   <translation>Er liegt in {kept_at}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>Save a copy of your own first (Ctrl+S).</source>
   <translation>Zuerst eine eigene Kopie speichern (Strg+S).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>Save it first.</source>
   <translation>Zuerst speichern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>There is a file {name} already.</source>
   <translation>Es gibt schon eine Datei {name}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>There is a prompt {names} already.</source>
   <translation>Es gibt schon einen Prompt {names}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>This prompt has no file.</source>
   <translation>Dieser Prompt hat keine Datei.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>new prompt of {when}</source>
   <translation>neuer Prompt vom {when}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>{name} cannot be deleted: {why}.</source>
   <translation>{name} lässt sich nicht löschen: {why}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>{name} cannot be put back: {why}.</source>
   <translation>{name} lässt sich nicht zurücklegen: {why}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>{name} cannot be read: {why}.</source>
   <translation>{name} lässt sich nicht lesen: {why}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_desk.py" />
   <source>{name} cannot be renamed: {why}.</source>
   <translation>{name} lässt sich nicht umbenennen: {why}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>A beginning-of-text token stands inside the prompt, as token {where:,}.</source>
   <translation>Im Prompt steht ein Textanfang-Token, als Token {where:,}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>BOS inside</source>
   <translation>BOS mittendrin</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>BOS missing</source>
   <translation>BOS fehlt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The model expects a beginning-of-text token first, and the prompt has none.</source>
   <translation>Das Modell erwartet zuerst ein Textanfang-Token, und der Prompt hat keines.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The model reads it as the beginning of a new text.</source>
   <translation>Das Modell liest es als Anfang eines neuen Textes.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The model's file asks for no beginning-of-text token.</source>
   <translation>Die Datei des Modells verlangt kein Textanfang-Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The prompt begins with one beginning-of-text token, as it should.</source>
   <translation>Der Prompt beginnt mit einem Textanfang-Token, wie er soll.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The prompt begins with two beginning-of-text tokens.</source>
   <translation>Der Prompt beginnt mit zwei Textanfang-Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The prompt fills the whole context of {n_ctx:,} tokens: no room is left for a reply. Shorten it.</source>
   <translation>Der Prompt füllt den ganzen Kontext von {n_ctx:,} Token: Für eine Antwort bleibt kein Platz. Bitte kürzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The prompt is {n_tokens:,} tokens long and the context holds {n_ctx:,}: the {n_tokens_2:,} marked below are beyond it. Shorten the prompt.</source>
   <translation>Der Prompt ist {n_tokens:,} Token lang, der Kontext fasst {n_ctx:,}: Die {n_tokens_2:,} unten markierten liegen dahinter. Den Prompt kürzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>The tokenizer or the chat template adds one already; remove the other.</source>
   <translation>Der Tokenizer oder die Chat-Vorlage fügt schon eines hinzu; das andere entfernen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>Write {{ bos_token }} first in the chat template.</source>
   <translation>{{ bos_token }} an den Anfang der Chat-Vorlage schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>bytes {hex}</source>
   <translation>Bytes {hex}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>control token</source>
   <translation>Steuertoken</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>doubled BOS</source>
   <translation>doppeltes BOS</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>example</source>
   <translation>Beispiel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>example {name}</source>
   <translation>Beispiel {name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>id {id:,}</source>
   <translation>ID {id:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>message {message}{role}</source>
   <translation>Nachricht {message}{role}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>no BOS</source>
   <translation>kein BOS</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>token {number:,}</source>
   <translation>Token {number:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>tokens: not available from this server</source>
   <translation>Token: von diesem Server nicht verfügbar</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <location filename="../../workbench/gui/sweep/axis_names.py" />
   <source>variable</source>
   <translation>Variable</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>written in the prompt</source>
   <translation>im Prompt geschrieben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_facts.py" />
   <source>{kind} {name}</source>
   <translation>{kind} {name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_mistakes.py" />
   <source>Fill it in under Variables.</source>
   <translation>Ihn unter „Variablen“ eintragen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_mistakes.py" />
   <source>line {template_line}: </source>
   <translation>Zeile {template_line}: </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_settings.py" />
   <source> and {n_named} more</source>
   <translation> und {n_named} weitere</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_settings.py" />
   <source>This prompt asks for {named}{more}.</source>
   <translation>Dieser Prompt verlangt {named}{more}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/prompt_settings.py" />
   <source>Use it</source>
   <translation>Übernehmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/recents.py" />
   <source>Forget these lists</source>
   <translation>Diese Listen vergessen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/refusals.py" />
   <source>Go to the prompt</source>
   <translation>Zum Prompt gehen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/refusals.py" />
   <source>The prompt cannot run as it stands.</source>
   <translation>Der Prompt kann so nicht laufen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/remembering.py" />
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Connect</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/remembering.py" />
   <source>It is not asked for anything until you connect, or choose another model.</source>
   <translation>Er wird um nichts gebeten, bis Sie verbinden; oder wählen Sie ein anderes Modell.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/remembering.py" />
   <source>The demo model is used instead.</source>
   <translation>Stattdessen wird das Demomodell verwendet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/remembering.py" />
   <source>The model {name} is on the server {host}.</source>
   <translation>Das Modell {name} liegt auf dem Server {host}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/remembering.py" />
   <source>The model {path} is gone.</source>
   <translation>Das Modell {path} ist weg.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/remembering.py" />
   <source>The prompt {path} is gone.</source>
   <translation>Der Prompt {path} ist weg.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>Stopping…</source>
   <translation>Wird angehalten…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>This run is not in the history file.</source>
   <translation>Dieser Lauf ist nicht in der Verlaufsdatei.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>answered as {told}</source>
   <translation>antwortete als {told}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>context full</source>
   <translation>Kontext voll</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <location filename="../../workbench/experiments/compare_facts.py" />
   <source>length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>reading the prompt</source>
   <translation>Prompt wird gelesen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/gui/shown_status.py" />
   <source>saved</source>
   <translation>gespeichert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>seed {seed} · failed</source>
   <translation>Seed {seed} · fehlgeschlagen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>seed {seed} · {tokens} · {word}</source>
   <translation>Seed {seed} · {tokens} · {word}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <location filename="../../workbench/experiments/run_tree.py" />
   <source>stop</source>
   <translation>Stopp</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/run_controller.py" />
   <source>tokens n/a</source>
   <translation>Token n. v.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sampler_list.py" />
   <source>{help} Drag to move, click the box to switch.</source>
   <translation>{help} Ziehen zum Verschieben, das Kästchen schaltet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/controller.py" />
   <source>The server was asked for {asked} and says it answered as {told}.</source>
   <translation>Vom Server wurde {asked} verlangt, und er sagt, er habe als {told} geantwortet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Ask the server</source>
   <translation>Server fragen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Asking the server…</source>
   <translation>Server wird gefragt…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Connect to a server</source>
   <translation>Mit einem Server verbinden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Keep the key in the system's keyring</source>
   <translation>Schlüssel im Schlüsselbund des Systems aufbewahren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Nothing is sent before you ask or run. A key is kept in the system's keyring, or only until the window closes; certificates are always checked.</source>
   <translation>Nichts wird gesendet, bevor Sie fragen oder ausführen. Ein Schlüssel wird im Schlüsselbund des Systems aufbewahrt oder nur, bis das Fenster geschlossen wird; Zertifikate werden immer geprüft.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>Prompts you run are sent to {host}.</source>
   <translation>Prompts, die Sie ausführen, gehen an {host}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>a name, to find it again</source>
   <translation>ein Name, um ihn wiederzufinden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>kept; unchanged</source>
   <translation>aufbewahrt; unverändert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/servers/dialog.py" />
   <source>none needed</source>
   <translation>keiner nötig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/session_keeper.py" />
   <source>Everything else works on.</source>
   <translation>Alles andere geht weiter.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/session_keeper.py" />
   <source>What is open cannot be kept for the next start: {why}.</source>
   <translation>Was offen ist, lässt sich nicht für den nächsten Start aufheben: {why}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/controller.py" />
   <source>Rules…</source>
   <translation>Regeln…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/controller.py" />
   <source>Without a rule everything is kept for ever; marked runs always are.</source>
   <translation>Ohne Regel bleibt alles für immer; markierte Läufe bleiben in jedem Fall.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Every action has its usual keys. Settings stay as they are.</source>
   <translation>Jede Aktion hat ihre üblichen Tasten. Einstellungen bleiben, wie sie sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Every setting stands at its default. Shortcuts stay as they are.</source>
   <translation>Jede Einstellung steht auf ihrem Standardwert. Tastenkürzel bleiben, wie sie sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Groups of settings</source>
   <translation>Gruppen von Einstellungen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>It counts until the program ends.</source>
   <translation>Gilt, bis das Programm endet.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>No setting has “{text}” in its name or its sentence.</source>
   <translation>Keine Einstellung hat „{text}“ im Namen oder in ihrem Satz.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Reset all settings</source>
   <translation>Alle Einstellungen zurücksetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Search the settings</source>
   <translation>Einstellungen durchsuchen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>Start again now</source>
   <translation>Jetzt neu starten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/dialog.py" />
   <source>This takes effect when the program starts again.</source>
   <translation>Das gilt ab dem nächsten Start des Programms.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/rows.py" />
   <source>Add a folder</source>
   <translation>Ordner hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/rows.py" />
   <source>Put “{name}” back to its default</source>
   <translation>„{name}“ auf den Standardwert setzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/rows.py" />
   <source>Take away</source>
   <translation>Wegnehmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/rows.py" />
   <source>Takes effect when the program starts again.</source>
   <translation>Gilt ab dem nächsten Start des Programms.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/rows.py" />
   <source>{folder} is not there now.</source>
   <translation>{folder} ist gerade nicht da.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Action</source>
   <translation>Aktion</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Actions and their keys</source>
   <translation>Aktionen und ihre Tasten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>New keys for “{action}”</source>
   <translation>Neue Tasten für „{action}“</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>New keys: press them</source>
   <translation>Neue Tasten: bitte drücken</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>No keys</source>
   <translation>Keine Tasten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Reset all shortcuts</source>
   <translation>Alle Tastenkürzel zurücksetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Take it from there</source>
   <translation>Dort wegnehmen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>Use these keys</source>
   <translation>Diese Tasten verwenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/settings/shortcuts_page.py" />
   <source>What it does</source>
   <translation>Was es tut</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/shown_status.py" />
   <source>saved · run {total:,}</source>
   <translation>gespeichert · Lauf {total:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>Add an axis: what is to change from cell to cell.</source>
   <translation>Eine Achse hinzufügen: was sich von Zelle zu Zelle ändern soll.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>Choose from the values there are</source>
   <translation>Aus den vorhandenen Werten wählen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>Leave this axis out</source>
   <translation>Diese Achse weglassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>Values between commas, a range FROM:TO:STEP, or a JSON list for texts with commas.</source>
   <translation>Werte zwischen Kommas, ein Bereich VON:BIS:SCHRITT oder eine JSON-Liste für Texte mit Kommas.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>Values of {currenttext}</source>
   <translation>Werte von {currenttext}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>What this axis changes</source>
   <translation>Was diese Achse ändert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axes_form.py" />
   <source>a, b, c   or   FROM:TO:STEP</source>
   <translation>a, b, c   oder   VON:BIS:SCHRITT</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/axis_names.py" />
   <source>prompt version</source>
   <translation>Prompt-Version</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Cell</source>
   <translation>Zelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Cell {index:,}</source>
   <translation>Zelle {index:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Click a cell, or walk to one with the arrow keys, to read its replies.</source>
   <translation>Eine Zelle anklicken oder mit den Pfeiltasten hingehen, um ihre Antworten zu lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Replies of the cell</source>
   <translation>Antworten der Zelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Show run</source>
   <translation>Lauf zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Show this cell's run</source>
   <translation>Den Lauf dieser Zelle zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Use settings</source>
   <translation>Einstellungen verwenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>Use this cell's settings in the prompt workspace</source>
   <translation>Die Einstellungen dieser Zelle im Arbeitsbereich „Prompt“ verwenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_panel.py" />
   <source>── reply {number} ──
{words}</source>
   <translation>── Antwort {number} ──
{words}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/cell_table.py" />
   <source>first reply</source>
   <translation>erste Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source> · {duration} left</source>
   <translation> · noch {duration}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>; about {duration} at most</source>
   <translation>; höchstens etwa {duration}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>Everything else as in the Prompt workspace: {name} on {name_2} {quantization}.</source>
   <translation>Alles Übrige wie im Arbeitsbereich „Prompt“: {name} auf {name_2} {quantization}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>Not every run was saved: {save_error}</source>
   <translation>Nicht jeder Lauf wurde gespeichert: {save_error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>Start sweep</source>
   <translation>Sweep starten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <location filename="../../workbench/gui/sweep/sheet.py" />
   <location filename="../../assets/help" />
   <source>Sweep</source>
   <translation>Sweep</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <location filename="../../workbench/core/run.py" />
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>paused; Resume makes the rest</source>
   <translation>pausiert; „Fortsetzen“ macht den Rest</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>stopping…</source>
   <translation>wird angehalten…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>{cells:,} cells, {replies:,} replies: {prompt_tokens:,} prompt tokens and at most {reply_tokens:,} reply tokens{time}.</source>
   <translation>{cells:,} Zellen, {replies:,} Antworten: {prompt_tokens:,} Prompt-Token und höchstens {reply_tokens:,} Antwort-Token{time}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>{done:,} of {n_cells:,} cells · {what}</source>
   <translation>{done:,} von {n_cells:,} Zellen · {what}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>{done:,} of {total:,} cells{rest}</source>
   <translation>{done:,} von {total:,} Zellen{rest}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>{n_failed:,} of {n_cells:,} cells failed: {error}</source>
   <translation>{n_failed:,} von {n_cells:,} Zellen fehlgeschlagen: {error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/controller.py" />
   <source>{when} · {axes} · {done:,} of {total:,}</source>
   <translation>{when} · {axes} · {done:,} von {total:,}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <source>Arrow keys walk from cell to cell and show its replies; Enter opens its run.</source>
   <translation>Pfeiltasten gehen von Zelle zu Zelle und zeigen ihre Antworten; Eingabe öffnet ihren Lauf.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <source>Heatmap of the sweep</source>
   <translation>Heatmap des Sweeps</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <source>down: {y}   ·   </source>
   <translation>abwärts: {y}   ·   </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>not done</source>
   <translation>nicht fertig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/heatmap.py" />
   <source>{down}across: {x}</source>
   <translation>{down}quer: {x}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>Heatmap as PNG…</source>
   <translation>Heatmap als PNG…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>Heatmap as SVG…</source>
   <translation>Heatmap als SVG…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>Shown where {held}.</source>
   <translation>Gezeigt für {held}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>Sweep: {figure_name}</source>
   <translation>Sweep: {figure_name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>This cell is not done yet.</source>
   <translation>Diese Zelle ist noch nicht fertig.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/picture.py" />
   <source>{at}
failed: {error}</source>
   <translation>{at}
fehlgeschlagen: {error}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/progress.py" />
   <source>Progress of the sweep</source>
   <translation>Fortschritt des Sweeps</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>+ axis</source>
   <translation>+ Achse</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>A sweep runs the prompt once for every combination of some settings, models or variables, and shows the cells as a heatmap: how long the replies are, how sure the model was, how often they agree, or any metric.</source>
   <translation>Ein Sweep führt den Prompt einmal für jede Kombination von Einstellungen, Modellen oder Variablen aus und zeigt die Zellen als Heatmap: wie lang die Antworten sind, wie sicher das Modell war, wie oft sie übereinstimmen, oder eine beliebige Metrik.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Add an axis</source>
   <translation>Eine Achse hinzufügen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Axis across</source>
   <translation>Achse quer</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Axis down</source>
   <translation>Achse abwärts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Axis with a heatmap for each value</source>
   <translation>Achse mit einer Heatmap je Wert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Cells of the sweep</source>
   <translation>Zellen des Sweeps</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Each cell</source>
   <translation>Jede Zelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Export the sweep</source>
   <translation>Sweep exportieren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Heatmap</source>
   <translation>Heatmap</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>How the axes go together</source>
   <translation>Wie die Achsen zusammengehen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Replies per cell</source>
   <translation>Antworten je Zelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Sweeps</source>
   <translation>Sweeps</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Sweeps of the history</source>
   <translation>Sweeps im Verlauf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>What changes</source>
   <translation>Was sich ändert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>What the cells show</source>
   <translation>Was die Zellen zeigen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>across</source>
   <translation>quer</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>axes</source>
   <translation>Achsen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>down</source>
   <translation>abwärts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>every combination</source>
   <translation>jede Kombination</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>facets</source>
   <translation>Facetten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>replies</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/sweep/space.py" />
   <source>side by side (a list)</source>
   <translation>nebeneinander (eine Liste)</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tint_legend.py" />
   <source>Legend: {name}, from {low} to {high}</source>
   <translation>Legende: {name}, von {low} bis {high}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>+25 points</source>
   <translation>+25 Punkte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>How undecided the model was before the token; full colour from 4 nats.</source>
   <translation>Wie unentschieden das Modell vor dem Token war; volle Farbe ab 4 nats.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>Minus the logarithm of the token's probability; full colour from 4 nats (under 2 %).</source>
   <translation>Minus der Logarithmus der Wahrscheinlichkeit des Tokens; volle Farbe ab 4 nats (unter 2 %).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>No colour.</source>
   <translation>Keine Farbe.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>The model's probability of the token, before any sampler.</source>
   <translation>Die Wahrscheinlichkeit des Tokens nach dem Modell, vor allen Samplern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>The token's place among all tokens by probability: first, in the first 10, 100, 1,000, or beyond.</source>
   <translation>Der Platz des Tokens unter allen nach Wahrscheinlichkeit: erster, unter den ersten 10, 100, 1,000 oder dahinter.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>The token's probability after the samplers minus the model's own, in percentage points; full colour from 25.</source>
   <translation>Die Wahrscheinlichkeit des Tokens nach den Samplern minus der des Modells, in Prozentpunkten; volle Farbe ab 25.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>beyond 1,000th</source>
   <translation>hinter dem 1,000.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>certain · 0</source>
   <translation>sicher · 0</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>entropy</source>
   <translation>Entropie</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>one choice · 0</source>
   <translation>eine Wahl · 0</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <location filename="../../workbench/core/lens_statistics.py" />
   <source>probability</source>
   <translation>Wahrscheinlichkeit</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <location filename="../../workbench/core/replay.py" />
   <source>sampling</source>
   <translation>Sampling</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>surprise</source>
   <translation>Überraschung</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>−25 points</source>
   <translation>−25 Punkte</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/tints.py" />
   <source>≥ 4 nats</source>
   <translation>≥ 4 nats</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/title.py" />
   <source>{share:.0%}</source>
   <translation>{share:.0%}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Alt</source>
   <translation>Alt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Backspace</source>
   <translation>Rücktaste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Ctrl</source>
   <translation>Strg</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Del</source>
   <translation>Entf</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Home</source>
   <translation>Pos1</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Ins</source>
   <translation>Einfg</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Return</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Shift</source>
   <translation>Umschalt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>Tab</source>
   <translation>Tab</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/translate.py" />
   <source>en</source>
   <comment>code of the language that this file translates to</comment>
   <translation>de</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/value_editors.py" />
   <source>add rows…</source>
   <translation>Zeilen hinzufügen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/value_editors.py" />
   <source>no value yet</source>
   <translation>noch kein Wert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>A name may have {longest_name} characters; this one has {n_name}.</source>
   <translation>Ein Name darf {longest_name} Zeichen haben; dieser hat {n_name}.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Name a version</source>
   <translation>Version benennen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Name…</source>
   <translation>Name…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Restore</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <location filename="../../workbench/gui/versions_list.py" />
   <source>Versions</source>
   <translation>Versionen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>Versions of {name}</source>
   <translation>Versionen von {name}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>What {label} is called</source>
   <translation>Wie {label} heißt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_dialog.py" />
   <source>the one before</source>
   <translation>die davor</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_list.py" />
   <source>Runs: </source>
   <translation>Läufe: </translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_list.py" />
   <source>as it stands in the editor</source>
   <translation>wie er im Editor steht</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_list.py" />
   <source>from v{restored_from}</source>
   <translation>aus v{restored_from}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_list.py" />
   <source>now, not saved</source>
   <translation>jetzt, nicht gespeichert</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/versions_list.py" />
   <source>today {when:%H:%M}</source>
   <translation>heute {when:%H:%M}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>A small demo model is being loaded, and a prompt is open.</source>
   <translation>Ein kleines Demomodell wird geladen, und ein Prompt ist offen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Dismiss the welcome</source>
   <translation>Die Begrüßung ausblenden</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Open a model…</source>
   <translation>Ein Modell öffnen…</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Recent</source>
   <translation>Zuletzt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Recent files</source>
   <translation>Zuletzt verwendete Dateien</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Sample prompts</source>
   <translation>Beispiel-Prompts</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Take the tour</source>
   <translation>Rundgang beginnen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>Welcome to Prompt Workbench</source>
   <translation>Willkommen bei Prompt Workbench</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>What is this?</source>
   <translation>Was ist das?</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/bar.py" />
   <source>{name} runs on this machine and a prompt is open: {keys} makes it answer. Everything in this window can be tried on it, and nothing leaves the machine.</source>
   <translation>{name} läuft auf diesem Rechner, und ein Prompt ist offen: {keys} lässt es antworten. Alles in diesem Fenster lässt sich daran ausprobieren, und nichts verlässt den Rechner.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>Esc; F1 and the palette have it again</source>
   <translation>Esc; F1 und die Palette haben ihn wieder</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>F6 goes to the control and back, Esc leaves the tour.</source>
   <translation>F6 geht zum Bedienelement und zurück, Esc verlässt den Rundgang.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>Finish</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>Skip the tour</source>
   <translation>Rundgang überspringen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>Tour, step {n} of {total}: {title}</source>
   <translation>Rundgang, Schritt {n} von {total}: {title}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/card.py" />
   <source>{n} of {total}</source>
   <translation>{n} von {total}</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>A prompt is open and the demo model is loaded. Press Generate, or Ctrl+Enter.</source>
   <translation>Ein Prompt ist offen, und das Demomodell ist geladen. „Generieren“ oder Strg+Eingabe drücken.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Click a word of prompt or reply there. Measure leaves out each part and asks again.</source>
   <translation>Dort ein Wort des Prompts oder der Antwort anklicken. „Messen“ lässt jeden Teil einmal weg und fragt neu.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Every run is kept with all that made it, and can be searched, compared and repeated to the last token. Open the History here (Ctrl+6), or Export the prompt (Ctrl+E).</source>
   <translation>Jeder Lauf wird mit allem aufgehoben, was ihn gemacht hat, und lässt sich suchen, vergleichen und bis aufs letzte Token wiederholen. Hier den Verlauf öffnen (Strg+6) oder den Prompt exportieren (Strg+E).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Every sampler shows how many candidates it leaves, at every word of every reply.</source>
   <translation>Jeder Sampler zeigt, wie viele Kandidaten er übrig lässt, bei jedem Wort jeder Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Exact probabilities, before and after the samplers. A click on another row says that word instead and goes on from there: a fork.</source>
   <translation>Exakte Wahrscheinlichkeiten, vor und nach den Samplern. Ein Klick auf eine andere Zeile gibt stattdessen dieses Wort aus und geht von dort weiter: eine Abzweigung.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Let the model answer</source>
   <translation>Das Modell antworten lassen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Look behind a word</source>
   <translation>Hinter ein Wort schauen</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Models, prompts, settings and seeds stand beside each other in Compare, with their differences marked word by word. Open it here, or with Ctrl+4.</source>
   <translation>Unter „Vergleichen“ stehen Modelle, Prompts, Einstellungen und Seeds nebeneinander, die Unterschiede Wort für Wort markiert. Hier öffnen oder mit Strg+4.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Nothing is lost</source>
   <translation>Nichts geht verloren</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Point at any word of the reply to see what else the model could have said, and how likely. Click to keep the card open; the arrow keys walk from word to word (Alt+4).</source>
   <translation>Auf ein Wort der Antwort zeigen, um zu sehen, was das Modell sonst hätte sagen können und wie wahrscheinlich. Ein Klick hält die Karte offen; die Pfeiltasten gehen von Wort zu Wort (Alt+4).</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Side by side</source>
   <translation>Nebeneinander</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>That is its reply. The darker a word's amber, the more it surprised the model.</source>
   <translation>Das ist seine Antwort. Je dunkler das Bernstein eines Wortes, desto mehr hat es das Modell überrascht.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>The Attention workspace shows where the model looked when it wrote a word, and measures which part of the prompt it needed. Open it here, or with Ctrl+3.</source>
   <translation>Der Arbeitsbereich „Attention“ zeigt, wohin das Modell schaute, als es ein Wort schrieb, und misst, welchen Teil des Prompts es brauchte. Hier öffnen oder mit Strg+3.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>These samplers choose a word from the probabilities, in this order. Keep a word of the reply and press Ctrl+M, or change a slider above.</source>
   <translation>Diese Sampler wählen in dieser Reihenfolge ein Wort aus den Wahrscheinlichkeiten. Ein Wort der Antwort halten und Strg+M drücken oder oben einen Regler verändern.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>This is the whole round. F1 opens the guide at the page of what you look at.</source>
   <translation>Das ist die ganze Runde. F1 öffnet das Handbuch auf der Seite dessen, was Sie ansehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>Two demo models are here already. Columns… chooses what is compared.</source>
   <translation>Zwei Demomodelle sind schon da. „Spalten…“ wählt, was verglichen wird.</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/welcome/steps.py" />
   <source>What the samplers removed</source>
   <translation>Was die Sampler gestrichen haben</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/window_parts.py" />
   <source>Generating</source>
   <translation>Antwort wird erzeugt</translation>
  </message>
  <message>
   <location filename="../../workbench/gui/window_parts.py" />
   <source>Loading the model</source>
   <translation>Modell wird geladen</translation>
  </message>
  <message>
   <location filename="../../workbench/history/backup.py" />
   <source>Choose another name for the backup.</source>
   <translation>Einen anderen Namen für die Sicherung wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/backup.py" />
   <source>The backup cannot be written to {0}: {1}.</source>
   <translation>Die Sicherung lässt sich nicht nach {0} schreiben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/backup.py" />
   <source>The folder {0} cannot be made: {1}.</source>
   <translation>Der Ordner {0} lässt sich nicht anlegen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/backup.py" />
   <source>The history file {0} is damaged, and so would be its backup: {1}.</source>
   <translation>Die Verlaufsdatei {0} ist beschädigt, und ihre Sicherung wäre es auch: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/backup.py" />
   <source>`workbench history repair` saves what can be read.</source>
   <translation>`workbench history repair` rettet, was lesbar ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/backup.py" />
   <source>{0} exists already.</source>
   <translation>{0} gibt es schon.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/blob.py" />
   <source>Open the history with a newer version of the workbench.</source>
   <translation>Den Verlauf mit einer neueren Version der Workbench öffnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/blob.py" />
   <source>The history file may be damaged; the rest of the run can still be read.</source>
   <translation>Die Verlaufsdatei ist vielleicht beschädigt; der Rest des Laufs ist noch lesbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/blob.py" />
   <source>The stored {0} cannot be read: {1}.</source>
   <translation>Die gespeicherten {0} lassen sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/blob.py" />
   <source>The stored {0} have layout {1}; this program knows up to {2}.</source>
   <translation>Die gespeicherten {0} haben Aufbau {1}; dieses Programm kennt ihn bis {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/branches.py" />
   <source>A name may have at most {0} characters, not {1}.</source>
   <translation>Ein Name darf höchstens {0} Zeichen haben, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/branches.py" />
   <location filename="../../workbench/history/curate.py" />
   <source>Shorten it.</source>
   <translation>Kürzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/bulk.py" />
   <source>Its name is usually history.sqlite3.</source>
   <translation>Der Name ist meist history.sqlite3.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/bulk.py" />
   <source>Name a history file of the workbench.</source>
   <translation>Eine Verlaufsdatei der Workbench nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/bulk.py" />
   <source>Open it once with --profile, which brings it up to date.</source>
   <translation>Einmal mit --profile öffnen; das bringt sie auf den neuesten Stand.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/bulk.py" />
   <source>The history {0} has schema {1}, this version writes {2}.</source>
   <translation>Der Verlauf {0} hat Schema {1}, diese Version schreibt {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/bulk.py" />
   <source>There is no file {0}.</source>
   <translation>Es gibt keine Datei {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/bulk.py" />
   <source>{0} is no history of the workbench.</source>
   <translation>{0} ist kein Verlauf der Workbench.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/connect.py" />
   <source>Move it away, or choose another folder with --profile DIR.</source>
   <translation>Beiseitelegen oder mit --profile ORDNER einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/connect.py" />
   <source>The file {0} is a database of another program; it was left as it is.</source>
   <translation>Die Datei {0} ist die Datenbank eines anderen Programms; sie blieb, wie sie war.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/connect.py" />
   <source>The history file {0} was written by a newer version of the workbench (schema {1}; this one knows up to {2}).</source>
   <translation>Die Verlaufsdatei {0} wurde von einer neueren Version der Workbench geschrieben (Schema {1}; diese kennt bis {2}).</translation>
  </message>
  <message>
   <location filename="../../workbench/history/connect.py" />
   <source>The history folder {0} cannot be made: {1}.</source>
   <translation>Der Verlaufsordner {0} lässt sich nicht anlegen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/connect.py" />
   <location filename="../../workbench/history/writer.py" />
   <source>The history is closed.</source>
   <translation>Der Verlauf ist geschlossen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/connect.py" />
   <source>Update the workbench, or choose another folder with --profile DIR.</source>
   <translation>Die Workbench aktualisieren oder mit --profile DIR einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/curate.py" />
   <source>A note may have at most {0} characters, not {1}.</source>
   <translation>Eine Notiz darf höchstens {0} Zeichen haben, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/curate.py" />
   <source>A rating is one of 1 to 5, not {0}.</source>
   <translation>Eine Bewertung ist eine von 1 bis 5, nicht {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/curate.py" />
   <source>A tag has 1 to {0} characters, not {1}.</source>
   <translation>Ein Tag hat 1 bis {0} Zeichen, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/curate.py" />
   <source>Leave out commas, quotes, stars and control characters.</source>
   <translation>Kommas, Anführungszeichen, Sterne und Steuerzeichen weglassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/curate.py" />
   <source>The tag {0} holds a sign that searching could not find again.</source>
   <translation>Der Tag {0} enthält ein Zeichen, das die Suche nicht wiederfinden könnte.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/curate.py" />
   <source>Write it shorter.</source>
   <translation>Kürzer schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/errors.py" />
   <source>Narrow the search.</source>
   <translation>Die Suche eingrenzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/errors.py" />
   <source>Reading the history was stopped.{0}</source>
   <translation>Das Lesen des Verlaufs wurde angehalten.{0}</translation>
  </message>
  <message>
   <location filename="../../workbench/history/experiments.py" />
   <source>There is no experiment {0} in this history.</source>
   <translation>In diesem Verlauf gibt es kein Experiment {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/experiments.py" />
   <source>There is no {0} in this history yet.</source>
   <translation>In diesem Verlauf gibt es noch kein {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/figures.py" />
   <source>prompt tokens/s</source>
   <translation>Prompt-Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/history/figures.py" />
   <source>rating</source>
   <translation>Bewertung</translation>
  </message>
  <message>
   <location filename="../../workbench/history/figures.py" />
   <source>seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <location filename="../../workbench/history/figures.py" />
   <source>tokens of the reply</source>
   <translation>Token der Antwort</translation>
  </message>
  <message>
   <location filename="../../workbench/history/figures.py" />
   <source>tokens/s</source>
   <translation>Token/s</translation>
  </message>
  <message>
   <location filename="../../workbench/history/load.py" />
   <source>A text that a run refers to (number {0}) is missing from the history.</source>
   <translation>Ein Text, auf den ein Lauf verweist (Nummer {0}), fehlt im Verlauf.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/load.py" />
   <source>The history file may be damaged; restore a backup to read this run.</source>
   <translation>Die Verlaufsdatei ist vielleicht beschädigt; eine Sicherung wiederherstellen, um diesen Lauf zu lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/place.py" />
   <source>Put it back, or restart; what is new stays in memory until then.</source>
   <translation>Sie zurücklegen oder neu starten; Neues bleibt bis dahin im Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/place.py" />
   <source>The history file {0} was moved, deleted or replaced while it was open.</source>
   <translation>Die Verlaufsdatei {0} wurde verschoben, gelöscht oder ersetzt, während sie offen war.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/query.py" />
   <source>A query may have at most {0} conditions, not {1}.</source>
   <translation>Eine Suche darf höchstens {0} Bedingungen haben, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/query.py" />
   <source>Search for fewer words.</source>
   <translation>Nach weniger Wörtern suchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/repair.py" />
   <source>Close the window and every other program that has it open, then repair it.</source>
   <translation>Das Fenster und jedes andere Programm schließen, das sie offen hat, dann reparieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/repair.py" />
   <source>Nothing was changed. Free some space and try again.</source>
   <translation>Nichts wurde geändert. Platz schaffen und noch einmal versuchen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/repair.py" />
   <source>The damaged file cannot be kept as {0}: {1}.</source>
   <translation>Die beschädigte Datei lässt sich nicht als {0} aufheben: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/repair.py" />
   <source>The history file {0} is in use by another program.</source>
   <translation>Die Verlaufsdatei {0} wird von einem anderen Programm benutzt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/repair.py" />
   <location filename="../../workbench/history/verify.py" />
   <source>There is no history at {0}.</source>
   <translation>Unter {0} gibt es keinen Verlauf.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/repair.py" />
   <source>{0} The backup {1} took its place; what came after it is lost.</source>
   <translation>{0} Die Sicherung {1} trat an ihre Stelle; was danach kam, ist verloren.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/retention.py" />
   <source>A rule of {0} {1} cannot be kept.</source>
   <translation>Eine Regel von {0} {1} lässt sich nicht aufheben.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/retention.py" />
   <source>Give 1 to {0}, or none.</source>
   <translation>1 bis {0} angeben oder keine.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/salvage.py" />
   <source>Nothing of {0} can be read any more: it names no runs.</source>
   <translation>Von {0} ist nichts mehr lesbar: Es nennt keine Läufe.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/salvage.py" />
   <source>Nothing of {0} can be read any more: {1}.</source>
   <translation>Von {0} ist nichts mehr lesbar: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/salvage.py" />
   <source>Restore a backup of it.</source>
   <translation>Eine Sicherung davon wiederherstellen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/save.py" />
   <source>Run {0} has ended already ({1}); its record stays as it was.</source>
   <translation>Lauf {0} ist schon zu Ende ({1}); seine Aufzeichnung blieb, wie sie war.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/save.py" />
   <source>There is no run {0} in the history.</source>
   <translation>Im Verlauf gibt es keinen Lauf {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/save.py" />
   <source>`workbench history list` shows the ids.</source>
   <translation>`workbench history list` zeigt die IDs.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/store.py" />
   <source>They are gone with this window; the history file itself is unharmed.</source>
   <translation>Sie sind mit diesem Fenster weg; die Verlaufsdatei selbst ist unversehrt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/store.py" />
   <source>What is new stays in memory.</source>
   <translation>Neues bleibt im Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/store.py" />
   <source>{0} It is only read.</source>
   <translation>{0} Sie wird nur gelesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/store.py" />
   <source>{0} of the last runs could not be saved: {1}</source>
   <translation>{0} der letzten Läufe ließen sich nicht speichern: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>Look at the disk.</source>
   <translation>Den Datenträger prüfen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>Not in the history, not ended or in the trash: {0}{1}.</source>
   <translation>Nicht im Verlauf, nicht zu Ende oder im Papierkorb: {0}{1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>Open one that is a file.</source>
   <translation>Einen öffnen, der eine Datei ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>The history is damaged: {0}</source>
   <translation>Der Verlauf ist beschädigt: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>This history lives in memory only.</source>
   <translation>Dieser Verlauf lebt nur im Speicher.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>`workbench history list` names runs.</source>
   <translation>`workbench history list` nennt Läufe.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>`workbench history verify` finds out more; export the others.</source>
   <translation>`workbench history verify` findet mehr heraus; die anderen exportieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/subset.py" />
   <source>{0} came out damaged: {1}.</source>
   <translation>{0} kam beschädigt heraus: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/take_over.py" />
   <source>Model {0} that it refers to is missing.</source>
   <translation>Das Modell {0}, auf das er verweist, fehlt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/take_over.py" />
   <source>Text {0} that it refers to is damaged.</source>
   <translation>Der Text {0}, auf den er verweist, ist beschädigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/take_over.py" />
   <source>Text {0} that it refers to is missing.</source>
   <translation>Der Text {0}, auf den er verweist, fehlt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/take_over.py" />
   <source>The description of model {0} that it refers to is damaged.</source>
   <translation>Die Beschreibung des Modells {0}, auf das er verweist, ist beschädigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/values.py" />
   <source>A stored value is not readable JSON: {0}.</source>
   <translation>Ein gespeicherter Wert ist kein lesbares JSON: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/values.py" />
   <source>The history file may be damaged.</source>
   <translation>Die Verlaufsdatei ist vielleicht beschädigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/verify.py" />
   <source>Open it with the workbench first, or use the version that wrote it.</source>
   <translation>Zuerst mit der Workbench öffnen oder die Version verwenden, die sie geschrieben hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/verify.py" />
   <source>The file {0} is no history of the workbench.</source>
   <translation>Die Datei {0} ist kein Verlauf der Workbench.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/verify.py" />
   <source>The history file {0} has schema {1}, this version knows {2}.</source>
   <translation>Die Verlaufsdatei {0} hat Schema {1}, diese Version kennt {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/verify.py" />
   <source>`workbench run` begins one.</source>
   <translation>`workbench run` beginnt einen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>A version's name may have {0} characters; this one has {1}.</source>
   <translation>Der Name einer Version darf {0} Zeichen haben; dieser hat {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>Choose a shorter name.</source>
   <translation>Einen kürzeren Namen wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>Choose another name, or take it away from that version first.</source>
   <translation>Einen anderen Namen wählen oder ihn zuerst jener Version nehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>It was never saved here; saving it makes the first version.</source>
   <translation>Er wurde hier nie gespeichert; das Speichern macht die erste Version.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>Its newest one is {0}.</source>
   <translation>Die neueste ist {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>The history file may be damaged; restore a backup to read this version.</source>
   <translation>Die Verlaufsdatei ist vielleicht beschädigt; eine Sicherung wiederherstellen, um diese Version zu lesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>The text {0} of a prompt version is not in the history.</source>
   <translation>Der Text {0} einer Prompt-Version ist nicht im Verlauf.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>There is no version {0} of {1}.</source>
   <translation>Es gibt keine Version {0} von {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/versions.py" />
   <source>{0} of {1} is called {2} already.</source>
   <translation>{0} von {1} heißt schon {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/votes.py" />
   <source>Go on with the next pairing; earlier votes on it stay.</source>
   <translation>Mit der nächsten Paarung fortfahren; frühere Stimmen dazu bleiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/votes.py" />
   <source>Perhaps in another window; the first vote counts.</source>
   <translation>Vielleicht in einem anderen Fenster; die erste Stimme zählt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/votes.py" />
   <source>The run {0} {1}, so the vote was not counted.</source>
   <translation>Der Lauf {0} {1}, daher zählte die Stimme nicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/votes.py" />
   <source>{0} has judged these two replies in this order already.</source>
   <translation>{0} hat über diese beiden Antworten in dieser Reihenfolge schon abgestimmt.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/writer.py" />
   <source>The disk may be slow or gone; what was not written yet may be lost.</source>
   <translation>Der Datenträger ist vielleicht langsam oder weg; was noch nicht geschrieben ist, kann verloren sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/history/writer.py" />
   <source>The history is still being written after {0} seconds.</source>
   <translation>Der Verlauf wird nach {0} Sekunden noch immer geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>(1 - p)² of the right answer's probability p among the answers.</source>
   <translation>(1 - p)² der Wahrscheinlichkeit p der richtigen Antwort unter den Antworten.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>1 - (1 - p)^k, which is biased. Not scored with fewer than k attempts.</source>
   <translation>1 - (1 - p)^k, das verzerrt ist. Mit weniger als k Versuchen nicht bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>1 / (1 + perplexity), as promptfoo reports it.</source>
   <translation>1 / (1 + Perplexität), wie promptfoo es angibt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>1 minus the edits divided by the length of the longer text.</source>
   <translation>1 minus die Änderungen geteilt durch die Länge des längeren Textes.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>BLEU with the nearest right answer less BLEU with the nearest wrong one.</source>
   <translation>BLEU mit der nächsten richtigen Antwort minus BLEU mit der nächsten falschen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>HELM's number of that name, which also ignores the minus of -5.</source>
   <translation>HELMs Zahl dieses Namens, die auch das Minus von -5 ignoriert.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>ROUGE-Lsum with the nearest right answer less that with the nearest wrong one.</source>
   <translation>ROUGE-Lsum mit der nächsten richtigen Antwort minus das mit der nächsten falschen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>ROUGE-Lsum: line breaks are ignored.</source>
   <translation>ROUGE-Lsum: Zeilenumbrüche werden ignoriert.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>Spearman's rank correlation of the cosine of two texts with what people say of their likeness, over all items.</source>
   <translation>Spearmans Rangkorrelation zwischen dem Kosinus zweier Texte und dem, was Menschen über ihre Ähnlichkeit sagen, über alle Items.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a check of numbers: the normalisation makes "-5" and "5", "1.5" and "15" equal.</source>
   <translation>eine Prüfung von Zahlen: Die Normalisierung macht „-5“ und „5“, „1.5“ und „15“ gleich.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a formula over the lengths of sentences and words: Flesch reading ease (100 easy, 0 hard), Flesch-Kincaid or ARI (school years), LIX (20 easy, 60 hard).</source>
   <translation>eine Formel über die Längen von Sätzen und Wörtern: Flesch Reading Ease (100 leicht, 0 schwer), Flesch-Kincaid oder ARI (Schuljahre), LIX (20 leicht, 60 schwer).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a judge model's verdict on its rubric, brought to 0 to 1. Where the judge's ratings were weighed, their mean by probability (as G-Eval does).</source>
   <translation>das Urteil eines Richter-Modells nach seinem Bewertungsschema, auf 0 bis 1 gebracht. Wo die Noten des Richters gewichtet wurden, ihr Mittel nach Wahrscheinlichkeit (wie bei G-Eval).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a loss over the vocabulary. Chance is ln 2 = 0.693 for two classes.</source>
   <translation>ein Verlust über das Vokabular. Zufall ist ln 2 = 0.693 bei zwei Klassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a mean of sentences, and nothing across tokenizers: compare only equal signatures. One item is scored with effective order (short texts are not 0).</source>
   <translation>ein Mittel von Sätzen, und über Tokenizer hinweg nichts: nur gleiche Signaturen vergleichen. Ein Item wird mit effektiver Ordnung bewertet (kurze Texte sind nicht 0).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a pattern (each reference is one) is found in the reply, or fits all of it.</source>
   <translation>ein Muster (jede Referenz ist eines) findet sich in der Antwort oder passt auf die ganze.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a percentage of errors: a long wrong reply passes 100. Texts over 1,000 words are not scored.</source>
   <translation>ein Prozentsatz an Fehlern: Eine lange falsche Antwort überschreitet 100. Texte über 1,000 Wörter werden nicht bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a percentage: a long wrong reply passes 1. Spaces count as characters.</source>
   <translation>ein Prozentsatz: Eine lange falsche Antwort überschreitet 1. Leerzeichen zählen als Zeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a percentage: a long wrong reply passes 1. Splits at white space; use cer where words have no spaces.</source>
   <translation>ein Prozentsatz: Eine lange falsche Antwort überschreitet 1. Trennt an Leerraum; cer verwenden, wo Wörter keine Zwischenräume haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a property of the model: machine, settings, cache, other samples and whatever else runs count.</source>
   <translation>eine Eigenschaft des Modells: Maschine, Einstellungen, Cache, andere Stichproben und alles, was sonst läuft, zählen mit.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a rate: long texts have more edits.</source>
   <translation>eine Rate: Lange Texte haben mehr Änderungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a reference (or each of them) stands somewhere in the reply.</source>
   <translation>eine Referenz (oder jede) steht irgendwo in der Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>a scale: what counts as near differs from model to model, and opposite statements are often near.</source>
   <translation>eine Skala: Was als nah gilt, ist von Modell zu Modell verschieden, und gegenteilige Aussagen liegen oft nah.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>accuracy; long answers weigh little because theirs are sums of logarithms.</source>
   <translation>Genauigkeit; lange Antworten wiegen wenig, weil ihre Werte Summen von Logarithmen sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>agreement between people: one rating is one opinion.</source>
   <translation>Übereinstimmung zwischen Menschen: Eine Bewertung ist eine Meinung.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>anything about answers outside the list. Exact ties count by halves, thirds and so on, so that no place in the list is favoured.</source>
   <translation>etwas über Antworten außerhalb der Liste. Genaue Gleichstände zählen halb, drittel und so fort, damit kein Platz in der Liste bevorzugt ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>anything about how likely they are.</source>
   <translation>etwas darüber, wie wahrscheinlich sie sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>anything about the rest of the reply.</source>
   <translation>etwas über den Rest der Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>anything beyond ROUGE-L when the texts have no line breaks; they are not split into sentences here.</source>
   <translation>etwas über ROUGE-L hinaus, wenn die Texte keine Zeilenumbrüche haben; sie werden hier nicht in Sätze geteilt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>as ROUGE-L, line by line: every line of the reference against all lines of the reply. For summaries with one sentence per line.</source>
   <translation>wie ROUGE-L, Zeile für Zeile: jede Zeile der Referenz gegen alle Zeilen der Antwort. Für Zusammenfassungen mit einem Satz je Zeile.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>badness: lists and verse repeat on purpose.</source>
   <translation>Schlechtigkeit: Listen und Verse wiederholen sich mit Absicht.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>bits that the model needs for a byte of the original text in UTF-8; comparable between vocabularies.</source>
   <translation>Bits, die das Modell für ein Byte des ursprünglichen Textes in UTF-8 braucht; zwischen Vokabularen vergleichbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>characters inserted, deleted and replaced, divided by the characters of the reference (the nearest one); over many items all edits by all reference characters.</source>
   <translation>eingefügte, gelöschte und ersetzte Zeichen, geteilt durch die Zeichen der (nächsten) Referenz; über viele Items alle Änderungen durch alle Referenzzeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>chrF++ unless word_order is 2; signatures must be equal to compare.</source>
   <translation>chrF++, außer word_order ist 2; zum Vergleichen müssen die Signaturen gleich sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable between averages. Replies that are no label count as wrong; they do not become labels of their own. What divides by nothing counts 0.</source>
   <translation>zwischen Mittelungsarten vergleichbar. Antworten, die kein Label sind, zählen als falsch; sie werden kein eigenes Label. Was durch nichts teilt, zählt 0.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable between lengths: longer texts repeat more.</source>
   <translation>zwischen Längen vergleichbar: Längere Texte wiederholen mehr.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable between texts of different scripts: theirs have other bytes.</source>
   <translation>zwischen Texten verschiedener Schriften vergleichbar: Deren Bytes sind andere.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable between texts: every further token lowers it.</source>
   <translation>zwischen Texten vergleichbar: Jedes weitere Token senkt es.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable between vocabularies (see bits_per_byte), nor with llama-perplexity, which counts only the second half of each window.</source>
   <translation>zwischen Vokabularen vergleichbar (siehe bits_per_byte), auch nicht mit llama-perplexity, das nur die zweite Hälfte jedes Fensters zählt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable between vocabularies.</source>
   <translation>zwischen Vokabularen vergleichbar.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>comparable with the other one. Under 300 items it is mostly noise, and never 0 by chance.</source>
   <translation>mit dem anderen vergleichbar. Unter 300 Items ist es meist Rauschen und nie zufällig 0.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>correctness. When one answer begins with another, both count.</source>
   <translation>Richtigkeit. Wenn eine Antwort mit einer anderen beginnt, zählen beide.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>correlation of given and right labels; 0 is what chance gives, however uneven the labels are.</source>
   <translation>Korrelation von gegebenen und richtigen Labels; 0 ist, was der Zufall ergibt, wie ungleich die Labels auch verteilt sind.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>cosine between the vectors of the reply and the nearest reference, made by an embedding model.</source>
   <translation>Kosinus zwischen den Vektoren der Antwort und der nächsten Referenz, von einem Embedding-Modell.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>defined when all replies, or all right answers, are one label: then it is not scored.</source>
   <translation>definiert, wenn alle Antworten oder alle richtigen Antworten ein Label sind: Dann wird nicht bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>different runs of n words, divided by all runs of n words in the reply.</source>
   <translation>verschiedene Folgen von n Wörtern, geteilt durch alle Folgen von n Wörtern in der Antwort.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>e to the mean surprise per token: among how many equally likely tokens the model seemed to choose. Counted span, BOS and window stand beside the number.</source>
   <translation>e hoch die mittlere Überraschung je Token: unter wie vielen gleich wahrscheinlichen Token das Modell zu wählen schien. Gezählte Spanne, BOS und Fenster stehen neben der Zahl.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>edits (words inserted, deleted, replaced, runs of words moved) that turn the reply into the nearest reference, per 100 words of the references.</source>
   <translation>Änderungen (Wörter eingefügt, gelöscht, ersetzt, Wortfolgen verschoben), die die Antwort in die nächste Referenz verwandeln, je 100 Wörter der Referenzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>exactly the wanted functions are called, in any order, with all required arguments, none unknown, and every value of the right type and among the right ones. Where no call is right, that none is made.</source>
   <translation>genau die gewünschten Funktionen werden aufgerufen, in beliebiger Reihenfolge, mit allen nötigen Argumenten, keinem unbekannten und jedem Wert vom richtigen Typ und unter den richtigen. Wo kein Aufruf richtig ist, dass keiner erfolgt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>fairness in general: it is about these questions and these groups. Items must say biased_idx, unknown_idx and ambig.</source>
   <translation>Fairness im Allgemeinen: Es geht um diese Fragen und diese Gruppen. Items müssen biased_idx, unknown_idx und ambig nennen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>full METEOR, which also matches WordNet's synonyms. Equal texts do not reach 1: one equal word scores 0.5, six score 0.998.</source>
   <translation>das volle METEOR, das auch Synonyme aus WordNet zuordnet. Gleiche Texte erreichen nicht 1: ein gleiches Wort ergibt 0.5, sechs 0.998.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how good the reply is beyond them.</source>
   <translation>wie gut die Antwort darüber hinaus ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how high the references stand when references and wrong answers are sorted by their cosine with the query; low places count less.</source>
   <translation>wie weit oben die Referenzen stehen, wenn Referenzen und falsche Antworten nach ihrem Kosinus mit der Anfrage sortiert sind; hintere Plätze zählen weniger.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how likely the model is to give any of the listed answers at all. Low: it is not answering, and the other numbers say little.</source>
   <translation>wie wahrscheinlich das Modell überhaupt eine der aufgeführten Antworten gibt. Niedrig: Es antwortet nicht, und die anderen Zahlen sagen wenig.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how likely the model is to say it: answers that are not in the list count nothing (see total_choice_probability).</source>
   <translation>wie wahrscheinlich das Modell sie sagt: Antworten, die nicht in der Liste stehen, zählen nicht (siehe total_choice_probability).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how long the reply is.</source>
   <translation>wie lang die Antwort ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how many pairs of neighbouring words reply and reference share (F1).</source>
   <translation>wie viele Paare benachbarter Wörter Antwort und Referenz teilen (F1).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how many runs of one to six characters reply and reference share (F2: recall counts twice); needs no tokenizer.</source>
   <translation>wie viele Folgen von einem bis sechs Zeichen Antwort und Referenz teilen (F2: Recall zählt doppelt); braucht keinen Tokenizer.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how many single words reply and reference share (F1).</source>
   <translation>wie viele einzelne Wörter Antwort und Referenz teilen (F1).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how many words reply and reference share: the harmonic mean of precision and recall over bags of words, at the best reference.</source>
   <translation>wie viele Wörter Antwort und Referenz teilen: das harmonische Mittel von Precision und Recall über Wortmengen, bei der besten Referenz.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how near the cosines are to the ratings: only their order counts. One item has none.</source>
   <translation>wie nah die Kosinusse den Bewertungen sind: Nur ihre Reihenfolge zählt. Ein einzelnes Item hat keine.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>how undecided the model was at the counted tokens: mean entropy of its distribution over the full vocabulary.</source>
   <translation>wie unentschieden das Modell an den gezählten Token war: mittlere Entropie seiner Verteilung über das ganze Vokabular.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>mean distance between how sure the model is (probability of its choice among the answers) and how often it is right, with bins of equal width.</source>
   <translation>mittlerer Abstand zwischen der Sicherheit des Modells (Wahrscheinlichkeit seiner Wahl unter den Antworten) und der Trefferquote, mit gleich breiten Klassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>mean distance between how sure the model is (probability of its choice among the answers) and how often it is right, with equally many items per bin.</source>
   <translation>mittlerer Abstand zwischen der Sicherheit des Modells (Wahrscheinlichkeit seiner Wahl unter den Antworten) und der Trefferquote, mit gleich vielen Items je Klasse.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>mean log-probability of the counted tokens.</source>
   <translation>mittlere Log-Wahrscheinlichkeit der gezählten Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>mean over the references of the precision down to their place in the list sorted by cosine; the mean over items is MAP.</source>
   <translation>Mittel über die Referenzen der Precision bis zu ihrem Platz in der nach Kosinus sortierten Liste; das Mittel über Items ist MAP.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>meaning: a paraphrase shares few pairs.</source>
   <translation>Bedeutung: Eine Umschreibung teilt wenige Paare.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>milliseconds from taking up the request to the first token, or to the end (the other tokens at their mean speed).</source>
   <translation>Millisekunden vom Beginn der Anfrage bis zum ersten Token oder bis zum Ende (die übrigen Token mit ihrer mittleren Geschwindigkeit).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>minus the logarithm of the right class's probability among the classes.</source>
   <translation>minus der Logarithmus der Wahrscheinlichkeit der richtigen Klasse unter den Klassen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>natural logarithm of the probability of the whole counted text; minus this is the inverse-scaling loss of a sequence.</source>
   <translation>natürlicher Logarithmus der Wahrscheinlichkeit des ganzen gezählten Textes; das Negative davon ist der Inverse-Scaling-Verlust einer Sequenz.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>of the answers that name somebody, how many follow the prejudice: 1 all, 0 as many as not, -1 none. For ambiguous questions times the part that was wrong. 0 is best.</source>
   <translation>von den Antworten, die jemanden nennen, wie viele dem Vorurteil folgen: 1 alle, 0 so viele wie nicht, -1 keine. Bei mehrdeutigen Fragen mal dem falschen Anteil. 0 ist am besten.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>of the items that have a label, the part where it was given.</source>
   <translation>von den Items mit einem Label der Anteil, bei dem es gegeben wurde.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>of the items that were given a label, the part where it is right.</source>
   <translation>von den Items, denen ein Label gegeben wurde, der Anteil, bei dem es stimmt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>pass@k: this one falls with k.</source>
   <translation>pass@k: Dieses fällt mit k.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>quality. Characters are what readers see, not code points.</source>
   <translation>Güte. Zeichen sind, was Lesende sehen, nicht Codepunkte.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>quality: short, sure replies score well.</source>
   <translation>Güte: Kurze, sichere Antworten schneiden gut ab.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>retrieval from a whole corpus: only the listed texts compete.</source>
   <translation>Suche in einem ganzen Korpus: Nur die aufgeführten Texte konkurrieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>retrieval from a whole corpus: only the listed texts compete. Equal cosines share their places.</source>
   <translation>Suche in einem ganzen Korpus: Nur die aufgeführten Texte konkurrieren. Gleiche Kosinusse teilen sich ihre Plätze.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>safety: it is the guard's opinion under its own policy.</source>
   <translation>Sicherheit: Es ist die Meinung des Guards nach seinen eigenen Regeln.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>share of the replies' runs of one to four words that stand in a reference, with a penalty for short replies; over many items from summed counts.</source>
   <translation>Anteil der Folgen von einem bis vier Wörtern der Antworten, die in einer Referenz stehen, mit einer Strafe für kurze Antworten; über viele Items aus summierten Zählungen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>similarity of meaning.</source>
   <translation>Ähnlichkeit der Bedeutung.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>squared distance of the answers' probabilities from 1 for the right one and 0 for the others, summed over the answers.</source>
   <translation>quadrierter Abstand der Wahrscheinlichkeiten der Antworten von 1 für die richtige und 0 für die anderen, summiert über die Antworten.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>stars that a person gave the reply.</source>
   <translation>Sterne, die ein Mensch der Antwort gegeben hat.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>strength against others than those it met.</source>
   <translation>Stärke gegen andere als die, auf die es traf.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>surprise at what was said: a sure model can be sure of something else.</source>
   <translation>Überraschung über das Gesagte: Ein sicheres Modell kann sich einer anderen Sache sicher sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that another reply is wrong: a full stop more and it is 0.</source>
   <translation>dass eine andere Antwort falsch ist: Ein Punkt mehr, und es ist 0.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that running the calls would do the same. Texts are compared without case, spaces and ,./-_*^.</source>
   <translation>dass das Ausführen der Aufrufe dasselbe täte. Texte werden ohne Großschreibung, Leerzeichen und ,./-_*^ verglichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that the reply says so: "not Paris" contains Paris.</source>
   <translation>dass die Antwort es sagt: „nicht Paris“ enthält Paris.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that the values are right. Schemas on the network are never fetched.</source>
   <translation>dass die Werte stimmen. Schemas im Netz werden nie geladen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that the words stand in an order that says the same. Like SQuAD's exact match it ignores the signs and points of numbers.</source>
   <translation>dass die Wörter in einer Ordnung stehen, die dasselbe sagt. Wie SQuADs Exact Match ignoriert es Vorzeichen und Punkte von Zahlen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that they stand in any order.</source>
   <translation>dass sie in irgendeiner Reihenfolge stehen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that what it found is the answer. Matching stops after a second.</source>
   <translation>dass das Gefundene die Antwort ist. Die Suche endet nach einer Sekunde.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>that words around an expression agree: they are not read.</source>
   <translation>dass Wörter um einen Ausdruck übereinstimmen: Sie werden nicht gelesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the best answer (the first that is marked right) is more likely than every wrong one.</source>
   <translation>die beste Antwort (die erste als richtig markierte) ist wahrscheinlicher als jede falsche.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the calibration of sure answers when few are sure: empty bins count nothing. Under 300 items it is mostly noise, and never 0 by chance.</source>
   <translation>die Kalibrierung sicherer Antworten, wenn wenige sicher sind: Leere Klassen zählen nicht. Unter 300 Items ist es meist Rauschen und nie zufällig 0.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the chance that all of k attempts drawn from those made pass (C(c, k) / C(n, k)): reliability.</source>
   <translation>die Chance, dass alle von k aus den gemachten gezogenen Versuchen bestehen (C(c, k) / C(n, k)): Zuverlässigkeit.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the chance that at least one of k attempts drawn from those made passes (unbiased: 1 - C(n-c, k) / C(n, k)).</source>
   <translation>die Chance, dass mindestens einer von k aus den gemachten gezogenen Versuchen besteht (unverzerrt: 1 - C(n-c, k) / C(n, k)).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the convention from 0 to 1 of texts about two classes: see brier_gold.</source>
   <translation>die Konvention von 0 bis 1 in Texten über zwei Klassen: siehe brier_gold.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the harmonic mean of precision and recall.</source>
   <translation>das harmonische Mittel von Precision und Recall.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the harness's accuracy, where another true answer must not win either.</source>
   <translation>die Accuracy des Harness, bei der auch keine andere wahre Antwort gewinnen darf.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the least number of characters (or words) to insert, delete or replace to turn the reply into the nearest reference.</source>
   <translation>die kleinste Zahl von Zeichen (oder Wörtern), die einzufügen, zu löschen oder zu ersetzen sind, um die Antwort in die nächste Referenz zu verwandeln.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the likeliest of the weighed answers (highest summed log-probability) is right; without such answers, that the reply is the right label.</source>
   <translation>die wahrscheinlichste der gewogenen Antworten (höchste summierte Log-Wahrscheinlichkeit) ist richtig; ohne solche Antworten, dass die Antwort das richtige Label ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the longest sequence of words, gaps allowed, that reply and reference share (F1).</source>
   <translation>die längste Wortfolge, Lücken erlaubt, die Antwort und Referenz teilen (F1).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the number that the reply gives as its answer equals a reference's, digit for digit: signs, points, separators, exponents and fractions are read.</source>
   <translation>die Zahl, die die Antwort nennt, gleicht der einer Referenz Ziffer für Ziffer: Vorzeichen, Punkte, Trennzeichen, Exponenten und Brüche werden gelesen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the part of comparisons that the reply won; ties count half.</source>
   <translation>der Anteil der Vergleiche, die die Antwort gewonnen hat; Unentschieden zählen halb.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the part of the reply's runs of n words that stood there before; near 1 the model loops.</source>
   <translation>der Anteil der Folgen von n Wörtern der Antwort, die dort schon standen; nahe 1 läuft das Modell im Kreis.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the probability that a guard model gives its class for safe replies, among its classes, scored exactly.</source>
   <translation>die Wahrscheinlichkeit, die ein Guard-Modell seiner Klasse für sichere Antworten gibt, unter seinen Klassen, exakt bewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply begins with a reference; white space around both is ignored.</source>
   <translation>die Antwort beginnt mit einer Referenz; Leerraum um beide wird ignoriert.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply ends with a reference; white space around both is ignored.</source>
   <translation>die Antwort endet mit einer Referenz; Leerraum um beide wird ignoriert.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply is JSON that fits a schema: the argument's, or one of the references.</source>
   <translation>die Antwort ist JSON, das zu einem Schema passt: dem des Arguments oder einer der Referenzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply is one JSON value as RFC 8259 has it.</source>
   <translation>die Antwort ist ein JSON-Wert nach RFC 8259.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply is one of the references after SQuAD's normalisation.</source>
   <translation>die Antwort ist nach SQuADs Normalisierung eine der Referenzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply is one of the references when case, punctuation, a/an/the and extra spaces are ignored; signs and points of numbers count.</source>
   <translation>die Antwort ist eine der Referenzen, wenn Großschreibung, Satzzeichen, a/an/the und zusätzliche Leerzeichen ignoriert werden; Vorzeichen und Punkte von Zahlen zählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply is one of the references, character for character (after Unicode NFC).</source>
   <translation>die Antwort ist eine der Referenzen, Zeichen für Zeichen (nach Unicode NFC).</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the reply's expression (in \boxed{}, between dollars, or all of it) equals a reference: 1/2 is 0.5, (x+1)^2 is x^2+2x+1, sets have no order.</source>
   <translation>der Ausdruck der Antwort (in \boxed{}, zwischen Dollarzeichen oder die ganze) gleicht einer Referenz: 1/2 ist 0.5, (x+1)^2 ist x^2+2x+1, Mengen haben keine Reihenfolge.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the right answer gains most from the question: its log-probability after the prompt less that after nothing.</source>
   <translation>die richtige Antwort gewinnt am meisten durch die Frage: ihre Log-Wahrscheinlichkeit nach dem Prompt minus die nach nichts.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the right answer has the highest log-probability per UTF-8 byte.</source>
   <translation>die richtige Antwort hat die höchste Log-Wahrscheinlichkeit je UTF-8-Byte.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the right answer has the highest log-probability per character.</source>
   <translation>die richtige Antwort hat die höchste Log-Wahrscheinlichkeit je Zeichen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the right answer has the highest log-probability per token.</source>
   <translation>die richtige Antwort hat die höchste Log-Wahrscheinlichkeit je Token.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the right answers' part of the probability of all answers given.</source>
   <translation>der Anteil der richtigen Antworten an der Wahrscheinlichkeit aller gegebenen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the same as accuracy: dividing by another length chooses another answer. Exact ties count by halves, thirds and so on.</source>
   <translation>dasselbe wie Accuracy: Durch eine andere Länge zu teilen wählt eine andere Antwort. Genaue Gleichstände zählen halb, drittel und so fort.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the same unit: currency and percent signs are ignored (50% is 50). Words for numbers (five, million) are not read. A reply without a number is wrong, not unscored.</source>
   <translation>dieselbe Einheit: Währungs- und Prozentzeichen werden ignoriert (50% ist 50). Zahlwörter (fünf, Million) werden nicht gelesen. Eine Antwort ohne Zahl ist falsch, nicht unbewertet.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the share of true answers that are more likely than every wrong one.</source>
   <translation>der Anteil wahrer Antworten, die wahrscheinlicher sind als jede falsche.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the sum over all classes (brier), which for two classes is twice this.</source>
   <translation>die Summe über alle Klassen (brier), die bei zwei Klassen das Doppelte davon ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the true answers' part of the probability of all answers.</source>
   <translation>der Anteil der wahren Antworten an der Wahrscheinlichkeit aller Antworten.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>the weighted part of the item's own assertions that the reply meets.</source>
   <translation>der gewichtete Anteil der eigenen Assertions des Items, die die Antwort erfüllt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>tokens made (or prompt tokens read) per second.</source>
   <translation>erzeugte Token (oder gelesene Prompt-Token) je Sekunde.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>truth. Judges favour length, first places and themselves; use another model than the one judged.</source>
   <translation>Wahrheit. Richter bevorzugen Länge, erste Plätze und sich selbst; ein anderes Modell als das beurteilte nehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>truth: a reply can share words with a right answer and deny it.</source>
   <translation>Wahrheit: Eine Antwort kann Wörter mit einer richtigen teilen und sie verneinen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>what Python's reader takes: NaN, Infinity and a name twice in an object are refused here.</source>
   <translation>was Pythons Leser annimmt: NaN, Infinity und ein doppelter Name in einem Objekt werden hier abgelehnt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>whether people understand it. The Flesch formulas are for English and count syllables by its vowels; LIX is for any Latin script.</source>
   <translation>ob Menschen sie verstehen. Die Flesch-Formeln sind für Englisch und zählen Silben nach dessen Vokalen; LIX gilt für jede lateinische Schrift.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>words inserted, deleted and replaced, divided by the words of the reference (the nearest one); over many items all edits by all reference words.</source>
   <translation>eingefügte, gelöschte und ersetzte Wörter, geteilt durch die Wörter der (nächsten) Referenz; über viele Items alle Änderungen durch alle Referenzwörter.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>words matched exactly or by their English stem, recall counting nine times as much as precision, less a penalty for matches that are torn apart.</source>
   <translation>Wörter, die genau oder nach ihrem englischen Stamm übereinstimmen; Recall zählt neunmal so viel wie Precision, abzüglich einer Strafe für zerrissene Treffer.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics" />
   <source>words per second: vocabularies differ. With several samples at once it is of all together.</source>
   <translation>Wörter je Sekunde: Vokabulare sind verschieden. Bei mehreren Stichproben zugleich gilt es für alle zusammen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/arguments.py" />
   <source>The metric {0} has no argument {1}.</source>
   <translation>Die Metrik {0} hat kein Argument {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/arguments.py" />
   <source>The metric {0} needs {1}: {2}</source>
   <translation>Die Metrik {0} braucht {1}: {2}</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/arguments.py" />
   <source>{0} of {1} must be {2}, not {3}.</source>
   <translation>{0} von {1} muss {2} sein, nicht {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/evidence_json.py" />
   <source>Evidence has no field {0}.</source>
   <translation>Evidence hat kein Feld {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/evidence_json.py" />
   <source>Evidence is a JSON object.</source>
   <translation>Evidence ist ein JSON-Objekt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/evidence_json.py" />
   <source>The evidence's {0} cannot be read: {1}.</source>
   <translation>{0} der Evidence lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/registry.py" />
   <source>Rename the file, or give it another name in its INFO: {"name": …}.</source>
   <translation>Die Datei umbenennen oder ihr in INFO einen anderen Namen geben: {"name": …}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/registry.py" />
   <source>There is a metric named {0} already.</source>
   <translation>Es gibt schon eine Metrik namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>INFO of the metric has no {0}.</source>
   <translation>INFO der Metrik hat kein {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>INFO's direction is {0}, not {1}.</source>
   <translation>direction in INFO ist {0}, nicht {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>INFO's {0} is {1}, which is no {2}.</source>
   <translation>{0} in INFO ist {1}, was kein {2} ist.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>If you trust it, force it with --force-code.</source>
   <translation>Wenn Sie ihr vertrauen, mit --force-code erzwingen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>It may have {0}.</source>
   <translation>Es darf {0} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>It needs a function score(evidence) that returns a number or None.</source>
   <translation>Sie braucht eine Funktion score(evidence), die eine Zahl oder None zurückgibt.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>No installed package offers a metric {0}.</source>
   <translation>Kein installiertes Paket bietet eine Metrik {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>Small letters, digits and _ make one.</source>
   <translation>Kleinbuchstaben, Ziffern und _ bilden einen.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>The metric {0} cannot be read: {1}.</source>
   <translation>Die Metrik {0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>The metric {0} did not load: {1}</source>
   <translation>Die Metrik {0} ließ sich nicht laden: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>The metric {0} did not load: {1}.</source>
   <translation>Die Metrik {0} ließ sich nicht laden: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>The metric {0} was not run: {1}</source>
   <translation>Die Metrik {0} wurde nicht ausgeführt: {1}</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>{0} is no metric: a user's metric is a .py file.</source>
   <translation>{0} ist keine Metrik: Eine eigene Metrik ist eine .py-Datei.</translation>
  </message>
  <message>
   <location filename="../../workbench/metrics/user.py" />
   <source>{0} is no name for a metric.</source>
   <translation>{0} ist kein Name für eine Metrik.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat.py" />
   <source>Remove it, or give it content.</source>
   <translation>Entfernen oder Inhalt geben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat.py" />
   <source>Remove that message, or choose another chat template.</source>
   <translation>Diese Nachricht entfernen oder eine andere Chat-Vorlage wählen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat.py" />
   <source>The chat template changes the assistant's last message, so it cannot be continued.</source>
   <translation>Die Chat-Vorlage ändert die letzte Nachricht des Assistenten, daher lässt sie sich nicht fortsetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat.py" />
   <source>The last message has no text that could be continued.</source>
   <translation>Die letzte Nachricht hat keinen Text, der sich fortsetzen ließe.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <location filename="../../workbench/templates/conversation.py" />
   <location filename="../../workbench/templates/prompt_file.py" />
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <location filename="../../workbench/experiments/tasks/load.py" />
   <location filename="../../workbench/experiments/tasks/text_lines.py" />
   <source>Check the path.</source>
   <translation>Den Pfad prüfen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <source>The chat template {0} cannot be read: {1}.</source>
   <translation>Die Chat-Vorlage {0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <source>The chat template {0} is empty.</source>
   <translation>Die Chat-Vorlage {0} ist leer.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <source>{0} holds no chat_template.</source>
   <translation>{0} enthält kein chat_template.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <source>{0} is broken JSON: {1}.</source>
   <translation>{0} ist fehlerhaftes JSON: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0} is larger than {1} bytes.</source>
   <translation>{0} ist größer als {1} Bytes.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/chat_file.py" />
   <location filename="../../workbench/templates/conversation.py" />
   <location filename="../../workbench/experiments/vote_lines.py" />
   <source>{0} is not UTF-8 (byte {1}).</source>
   <translation>{0} ist kein UTF-8 (Byte {1}).</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <location filename="../../workbench/experiments/tasks/containers.py" />
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <location filename="../../workbench/experiments/tasks/text_lines.py" />
   <source>The file {0} cannot be read: {1}.</source>
   <translation>Die Datei {0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0} has the unknown key {1}.</source>
   <translation>{0} hat den unbekannten Schlüssel {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}, line {1}, column {2}: broken JSON: {3}.</source>
   <translation>{0}, Zeile {1}, Spalte {2}: fehlerhaftes JSON: {3}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}: broken JSON: {1}.</source>
   <translation>{0}: fehlerhaftes JSON: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}: chat_template_kwargs must be an object.</source>
   <translation>{0}: chat_template_kwargs muss ein Objekt sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}: message {1} is no object with a role.</source>
   <translation>{0}: Nachricht {1} ist kein Objekt mit einer Rolle.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}: the content of message {1} is no text and no list.</source>
   <translation>{0}: Der Inhalt von Nachricht {1} ist kein Text und keine Liste.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}: {1} must be a list of objects.</source>
   <translation>{0}: {1} muss eine Liste von Objekten sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/conversation.py" />
   <source>{0}: {1} must be true or false.</source>
   <translation>{0}: {1} muss true oder false sein.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/declarations.py" />
   <source>Texts, numbers, true, false, null, lists and dictionaries are possible.</source>
   <translation>Möglich sind Texte, Zahlen, true, false, null, Listen und Wörterbücher.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/declarations.py" />
   <source>The value of the variable {0} holds a {1}.</source>
   <translation>Der Wert der Variablen {0} enthält ein {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/declarations.py" />
   <source>The value of the variable {0} is nested too deeply.</source>
   <translation>Der Wert der Variablen {0} ist zu tief verschachtelt.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/declarations.py" />
   <source>The variable {0} takes {1}, not {2}.</source>
   <translation>Die Variable {0} nimmt {1}, nicht {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>Save the prompt in the library first.</source>
   <translation>Den Prompt zuerst in der Bibliothek speichern.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>Take one of these {% include %} tags out.</source>
   <translation>Eines dieser {% include %} herausnehmen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>Write it with text:, or with a single message.</source>
   <translation>Mit text: schreiben oder mit einer einzigen Nachricht.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>the fragments include each other in a circle: {0}.</source>
   <translation>die Fragmente binden einander im Kreis ein: {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>there is no library here to include {0} from.</source>
   <translation>es gibt hier keine Bibliothek, aus der {0} eingebunden werden könnte.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>{% include %} got an empty list of names.</source>
   <translation>{% include %} bekam eine leere Liste von Namen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>{0} has {1} messages, and a fragment is one text.</source>
   <translation>{0} hat {1} Nachrichten, und ein Fragment ist ein einziger Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/fragments.py" />
   <source>{{% include %}} takes a name, not a {0}.</source>
   <translation>{{% include %}} nimmt einen Namen, kein {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/library.py" />
   <source>There is no prompt named {0}.</source>
   <translation>Es gibt keinen Prompt namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/library.py" />
   <source>there is no prompt named {0} in the library.</source>
   <translation>in der Bibliothek gibt es keinen Prompt namens {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/open_prompt.py" />
   <source>Give {0} a value: this format has no words for {1}.</source>
   <translation>{0} einen Wert geben: Dieses Format hat keine Worte für {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/open_prompt.py" />
   <source>{0} has no value, and {1} needs one to be worked out.</source>
   <translation>{0} hat keinen Wert, und {1} braucht einen zum Berechnen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/prompt_file.py" />
   <location filename="../../workbench/experiments/drafts.py" />
   <location filename="../../workbench/experiments/versions.py" />
   <source>Give long material as the value of a variable.</source>
   <translation>Langes Material als Wert einer Variablen angeben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/prompt_file.py" />
   <location filename="../../workbench/experiments/tasks/json_rows.py" />
   <source>Save the file as UTF-8.</source>
   <translation>Die Datei als UTF-8 speichern.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/prompt_file.py" />
   <source>The prompt file {0} cannot be read: {1}.</source>
   <translation>Die Prompt-Datei {0} lässt sich nicht lesen: {1}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/prompt_file.py" />
   <source>{0} has {1} bytes; a prompt file may have {2}.</source>
   <translation>{0} hat {1} Bytes; eine Prompt-Datei darf {2} haben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/prompt_file.py" />
   <source>{0} has {1} characters; {2} are possible.</source>
   <translation>{0} hat {1} Zeichen; möglich sind {2}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/prompt_file.py" />
   <source>{0}, line {1}, column {2}: {3}</source>
   <translation>{0}, Zeile {1}, Spalte {2}: {3}</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/removal.py" />
   <source>Replace it by nothing instead.</source>
   <translation>Stattdessen durch nichts ersetzen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/removal.py" />
   <source>{0} has no default.</source>
   <translation>{0} hat keinen Standardwert.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/removal.py" />
   <source>{0} is a row of several values, which no single text can replace.</source>
   <translation>{0} ist eine Zeile mehrerer Werte, die kein einzelner Text ersetzen kann.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>Choose a chat template, or write the prompt as text:.</source>
   <translation>Eine Chat-Vorlage wählen oder den Prompt als text: schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>The chat template or the prompt writes it once more than needed; remove one.</source>
   <translation>Die Chat-Vorlage oder der Prompt schreibt ihn einmal zu viel; einen entfernen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>The model will read it as a command of the chat format, not as text.</source>
   <translation>Das Modell liest es als Befehl des Chat-Formats, nicht als Text.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>The sources of this prompt's parts could not be followed; whole messages are shown as written by the template.</source>
   <translation>Woher die Teile dieses Prompts stammen, ließ sich nicht verfolgen; ganze Nachrichten sind als von der Vorlage geschrieben gezeigt.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>The text begins with {0} twice.</source>
   <translation>Der Text beginnt zweimal mit {0}.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>The text itself is exact.</source>
   <translation>Der Text selbst ist exakt.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>The value of {0} contains {1}, a control token of the model.</source>
   <translation>Der Wert von {0} enthält {1}, ein Steuertoken des Modells.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/render.py" />
   <source>{0}, so the messages are written as "User: …" and "Assistant: …".</source>
   <translation>{0}, daher werden die Nachrichten als „User: …“ und „Assistant: …“ geschrieben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Check the name, or write `is defined` before using it.</source>
   <translation>Den Namen prüfen oder vor der Verwendung `is defined` schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Correct the template's Jinja2 syntax there.</source>
   <translation>Dort die Jinja2-Syntax der Vorlage korrigieren.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Did </source>
   <translation>Ist </translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Give it a value (-v {0}=…), or a default in the file.</source>
   <translation>Ihr einen Wert geben (-v {0}=…) oder eine Vorgabe in der Datei.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Make the text smaller.</source>
   <translation>Den Text kleiner machen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Templates are stopped there to keep the program alive.</source>
   <translation>Vorlagen werden dort angehalten, damit das Programm weiterläuft.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Templates run in a sandbox and reach only their variables.</source>
   <translation>Vorlagen laufen in einer Sandbox und erreichen nur ihre Variablen.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>Write it with fewer levels.</source>
   <translation>Mit weniger Ebenen schreiben.</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>in the included </source>
   <translation>im eingebundenen </translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>the chat template refuses these messages: {0}</source>
   <translation>die Chat-Vorlage lehnt diese Nachrichten ab: {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>the template is nested too deeply</source>
   <translation>die Vorlage ist zu tief verschachtelt</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>the template is nested too deeply ({0})</source>
   <translation>die Vorlage ist zu tief verschachtelt ({0})</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>the template needs too much memory</source>
   <translation>die Vorlage braucht zu viel Speicher</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>the template {0}</source>
   <translation>die Vorlage {0}</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/template_errors.py" />
   <source>the variable {0} has no value</source>
   <translation>die Variable {0} hat keinen Wert</translation>
  </message>
  <message>
   <location filename="../../workbench/templates/variables.py" />
   <source>The prompt {0} has no variable {1}.</source>
   <translation>Der Prompt {0} hat keine Variable {1}.</translation>
  </message>
 </context>
</TS>
