// nbgrader's exchange, by its own server extension, and the files of a student's home.

// A reason that a student can read.
export class Word extends Error {}

const ELSEWHERE =
  "This JupyterLab does not belong to a course's hub, so there is nowhere to hand in. Open the notebook on" +
  " your course's hub.";

export class Exchange {
  constructor({ ServerConnection, URLExt }, { contents, serverSettings }) {
    this.contents = contents;
    this.ask = async (path, body) => {
      const url = URLExt.join(serverSettings.baseUrl, path);
      const request = body ? { method: "POST", body: JSON.stringify(body) } : {};
      const answer = await ServerConnection.makeRequest(url, request, serverSettings);
      if (answer.status === 404) throw new Word(ELSEWHERE);
      if (!answer.ok) throw new Word(`The hub answered ${answer.status}. Try again in a minute.`);
      return answer.json();
    };
  }

  // Everything that was fetched and handed in, as nbgrader lists it.
  async list() {
    return values(await this.ask("assignments?course_id="));
  }

  // The fetched assignment that a notebook of this path belongs to.
  async assignmentOf(path) {
    const fetched = (await this.list()).filter((entry) => entry.status === "fetched");
    const found = fetched.find((entry) => path.startsWith(`${entry.path}/`));
    if (!found) {
      throw new Word(
        "This notebook is not in the folder of an assignment that you have fetched. In the menu Nbgrader," +
          " open the Assignment List, fetch the assignment, and work in the notebook in its folder.",
      );
    }
    const own = `${found.path}/${found.assignment_id}.ipynb`;
    if (path !== own) throw new Word(`What is handed in is ${own}; this is another notebook, ${path}.`);
    return found;
  }

  // Hand in what lies on the disk; returns the attempt.
  async handIn({ course_id, assignment_id }) {
    const listed = values(await this.ask("assignments/submit", { course_id, assignment_id }));
    return newest(listed, assignment_id);
  }

  // Each assignment's last attempt.
  async attempts() {
    const handedIn = (await this.list()).filter((entry) => entry.submissions);
    return handedIn.map((entry) => entry.submissions.at(-1));
  }

  // The attempt as it is listed now.
  async again(attempt) {
    const all = (await this.list()).flatMap((entry) => entry.submissions ?? []);
    return all.find((one) => key(one) === key(attempt)) ?? attempt;
  }

  // Fetch feedback into the home, as nbgrader does; returns its path and its text.
  async fetch({ course_id, assignment_id, timestamp }) {
    await this.ask("assignments/fetch_feedback", { course_id, assignment_id });
    const fetched = await this.again({ assignment_id, timestamp });
    const path = `${fetched.local_feedback_path}/${assignment_id}.html`;
    const file = await this.contents.get(path, { type: "file", format: "text", content: true });
    return { path, text: file.content };
  }
}

export const isNew = (attempt) =>
  attempt.has_exchange_feedback && (!attempt.has_local_feedback || attempt.feedback_updated);

export const key = (attempt) => `${attempt.assignment_id} ${attempt.timestamp}`;

function values(answer) {
  if (!answer.success) throw new Word(`nbgrader could not do it: ${lastLine(answer.value)}`);
  return answer.value;
}

function newest(listed, assignment_id) {
  const entry = listed.find((one) => one.submissions && one.assignment_id === assignment_id);
  return entry.submissions.at(-1);
}

const lastLine = (text) => String(text).trim().split("\n").at(-1);
