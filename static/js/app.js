// app.js — joins the modules. Every page works without them.
import "./enter.js";
import "./search.js";
import "./menu.js";
import "./upload.js";
import "./guard.js";
import "./dates.js";
import "./autosave.js";
import "./paper.js";
import "./pick.js";
