// What most of the parts are made of that come once one is in. They all load it, so that it comes as one file: each
// set of parts that share some of it would be a file otherwise, and a request.
import "./Dialog.js";
import "./RefusalNote.js";
import "./Request.js";
import "./Seen.js";
import "./people/Friendly.js";
import "./people/HouseItems.js";
import "./people/Limit.js";
import "./people/measures.js";
import "./reports/Waiting.js";
import "../app/reports.js";
