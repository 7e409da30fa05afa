/* InquiryRouter's form, where this script stands. No cookies, no storage; of the page it reads its address, without query and fragment. */
(function () {
  'use strict';
  var script = document.currentScript, data = script.dataset, titles = {/*titles*/};
  var address = new URL('/inquiry', script.src), query = address.searchParams, home = address.origin;
  var frame = document.createElement('iframe'), loads = 0;
  query.set('embed', '1');
  query.set('source.page', location.origin + location.pathname);
  [['condition', 'condition'], ['conditionType', 'conditionType'], ['treatment', 'treatment'], ['campaign', 'source.campaign'], ['language', 'lang']].forEach(function (name) {
    if (data[name[0]]) query.set(name[1], data[name[0]]);
  });
  frame.src = address.href;
  frame.title = data.title || titles[(data.language || document.documentElement.lang || '').slice(0, 2).toLowerCase()] || titles.en;
  frame.loading = 'lazy';
  frame.style.cssText = 'display:block;width:100%;height:1200px;border:0';
  /* The page tells how high it is; nobody else is listened to. */
  addEventListener('message', function (event) {
    var height = event.data && event.data.inquiryRouterHeight;
    if (event.source === frame.contentWindow && event.origin === home && height > 0 && height < 30000) frame.style.height = Math.ceil(height) + 'px';
  });
  /* After a form was sent its answer begins at the top of the frame. */
  frame.addEventListener('load', function () {
    if (loads++) frame.scrollIntoView();
  });
  script.after(frame);
})();
