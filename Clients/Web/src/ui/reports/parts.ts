// To report, to handle what was reported, and what the staff do about somebody share most of what they are made of, and
// come as one file.
export { Suspending } from "../people/Suspending.js";
export { ReportDialog } from "./Report.js";
export { ReportsDialog } from "./Reports.js";
