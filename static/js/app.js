// app.js — joins the modules. Every page works without them.
import "./enter.js";
import "./search.js";
import "./menu.js";
import "./guard.js";
import "./dates.js";
import "./autosave.js";
import "./paper.js";
import "./pick.js";
