// Shows the OpenAPI document. Calls are those of who is logged in, and say so by the page's own token, which no other
// site can read; or they carry the key that was entered under "Authorize", and nothing keeps that.
(function () {
  'use strict';

  const place = document.getElementById('api');
  SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    persistAuthorization: false,
    tryItOutEnabled: false,
    validatorUrl: null,
    requestInterceptor: function (request) {
      request.headers[place.dataset.tokenHeader] = place.dataset.token;
      return request;
    },
  });
})();
