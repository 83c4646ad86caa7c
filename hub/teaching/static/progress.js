// Follows the job that runs: the page is loaded anew at its end, unless something is being written in it.
"use strict";

const job = document.getElementById("job");

function written() {
  return [...document.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field.value !== field.defaultValue
  );
}

async function follow() {
  let status;
  try {
    const answer = await fetch(job.dataset.status, { headers: { "X-XSRFToken": job.dataset.xsrf } });
    if (!answer.ok) throw new Error(answer.status);
    status = await answer.json();
  } catch {
    setTimeout(follow, 5000);
    return;
  }
  const bar = job.querySelector("progress");
  const count = job.querySelector(".count");
  if (!status.runs) {
    if (written()) count.textContent = "done; load the page again to see what came of it";
    else location.reload();
    return;
  }
  if (status.total) {
    bar.max = status.total;
    bar.value = status.done;
    count.textContent = `${status.done} of ${status.total}`;
  }
  setTimeout(follow, 1000);
}

if (job && job.dataset.runs === "yes") setTimeout(follow, 500);
