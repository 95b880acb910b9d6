/**
 * What a site loads as `<script src="…/visits/<key>.js" defer>`. Before `penstockVisits.consent(true)` it neither stores nor sends
 * anything; who takes consent back is forgotten, and a browser that says "don't" (Global Privacy Control) is never asked to.
 */
export const visitScript = (endpoint: string): string => `(function () {
  'use strict';
  var endpoint = ${JSON.stringify(endpoint)};
  var name = 'penstock_visitor';
  var last = '';
  function read() {
    var found = document.cookie.match(new RegExp('(?:^|; )' + name + '=([A-Za-z0-9-]{16,64})'));
    return found ? found[1] : null;
  }
  function write(value, seconds) {
    document.cookie = name + '=' + value + '; path=/; max-age=' + seconds + '; samesite=lax' + (location.protocol === 'https:' ? '; secure' : '');
  }
  function post(body) {
    var text = JSON.stringify(body);
    if (navigator.sendBeacon && navigator.sendBeacon(endpoint, new Blob([text], { type: 'text/plain' }))) return;
    fetch(endpoint, { method: 'POST', body: text, keepalive: true, mode: 'cors', credentials: 'omit', headers: { 'content-type': 'text/plain' } }).catch(function () {});
  }
  function visit() {
    var visitor = read();
    var page = location.origin + location.pathname;
    if (!visitor || page === last) return;
    last = page;
    post({ visitor: visitor, url: page, referrer: document.referrer });
  }
  function consent(given) {
    var visitor = read();
    if (!given) {
      if (visitor) post({ visitor: visitor, forget: true });
      write('', 0);
      last = '';
      return;
    }
    if (navigator.globalPrivacyControl) return;
    if (!visitor) {
      var bytes = crypto.getRandomValues(new Uint8Array(16));
      write(Array.prototype.map.call(bytes, function (byte) { return ('0' + byte.toString(16)).slice(-2); }).join(''), 180 * 86400);
    }
    visit();
  }
  ['pushState', 'replaceState'].forEach(function (method) {
    var own = history[method];
    history[method] = function () {
      var result = own.apply(this, arguments);
      visit();
      return result;
    };
  });
  addEventListener('popstate', visit);
  window.penstockVisits = { consent: consent, visit: visit };
  visit();
})();
`;
