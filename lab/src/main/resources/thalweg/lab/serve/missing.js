"use strict";
page.start(() => {}, false);
