// Says on the page that a passkey did not answer; allauth tells only the browser's console.
document.addEventListener('allauth.error', () => {
  const problem = document.getElementById('passkey-problem')
  problem.firstElementChild.textContent = problem.dataset.words
  problem.hidden = false
})
