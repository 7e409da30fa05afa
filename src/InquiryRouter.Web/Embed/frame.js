/* Tells the site the form stands on how high the form is, and nothing else. Focuses what the page wants read first: in a frame, browsers leave that out. */
(function () {
  'use strict';
  var site = document.currentScript.dataset.site, root = document.documentElement, first = document.querySelector('[autofocus]');
  new ResizeObserver(function () {
    parent.postMessage({ inquiryRouterHeight: root.getBoundingClientRect().height }, site);
  }).observe(root);
  if (first && document.hasFocus()) first.focus();
})();
