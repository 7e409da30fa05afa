/* Tells the site the form stands on how high the form is, and nothing else. */
(function () {
  'use strict';
  var site = document.currentScript.dataset.site, root = document.documentElement;
  new ResizeObserver(function () {
    parent.postMessage({ inquiryRouterHeight: root.getBoundingClientRect().height }, site);
  }).observe(root);
})();
