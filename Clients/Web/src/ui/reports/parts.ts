// To report and to handle what was reported share most of what they are made of, and come as one file.
export { ReportDialog } from "./Report.js";
export { ReportsDialog } from "./Reports.js";
