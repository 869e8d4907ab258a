/// Serves the page on which one sees a cluster, to this machine only.
module Chat.Spec.Cluster.Page

open System
open System.Collections.Concurrent
open System.Globalization
open System.IO
open System.Net
open System.Reflection
open System.Text
open System.Threading
open System.Threading.Tasks
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Cluster
open Chat.Spec.Cluster.Session

let private kinds =
    Map
        [
            ".html", "text/html; charset=utf-8"
            ".js", "text/javascript; charset=utf-8"
            ".css", "text/css; charset=utf-8"
            ".svg", "image/svg+xml"
        ]

/// What is served as it is, by its path: what kind it is, and what is in it.
let private files: Map<string, string * byte array> =
    let assembly = Assembly.GetExecutingAssembly()

    let content (name: string) =
        use stream = nonNull (assembly.GetManifestResourceStream name)
        use copy = new MemoryStream()
        stream.CopyTo copy
        copy.ToArray()

    Map
        [
            for name in assembly.GetManifestResourceNames() do
                if name.StartsWith "page/" then
                    let path = if name = "page/index.html" then "/" else name.Substring 4
                    path, (kinds[nonNull (Path.GetExtension name)], content name)
        ]

/// A field of an address, or what is to be there; what does not read is said.
let private field name (says: string) (parse: string -> 'a option) (fallback: 'a option) (given: string option) =
    match given, fallback with
    | (None | Some ""), Some usual -> Ok usual
    | (None | Some ""), None -> Error $"{name} is missing: {says}"
    | Some text, _ ->
        match parse text with
        | Some value -> Ok value
        | None -> Error $"{name} is “{text}”: {says}"

let private seedOf fallback =
    field
        "seed"
        "it is to be a whole number from 0 to 18446744073709551615"
        (fun text ->
            match UInt64.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, seed -> Some seed
            | false, _ -> None)
        fallback

let private speedOf fallback =
    field
        "speed"
        "it is to be a number from 0.01 to 1000"
        (fun text ->
            match Double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) with
            | true, speed when speed >= 0.01 && speed <= 1_000. -> Some speed
            | _ -> None)
        fallback

let private millisecondsOf name =
    field
        name
        "it is to be a whole number of milliseconds, 3600000 at most"
        (fun text ->
            match Int64.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture) with
            | true, ms when ms <= 3_600_000L -> Some ms
            | _ -> None)
        None

let private faultOf =
    let names = faults |> List.map nameOf |> String.concat ", "

    field "fault" $"it is to be one of {names}" (fun text -> faults |> List.tryFind (fun one -> nameOf one = text)) None

/// What an address asks for.
let wantedOf (given: string -> string option) : Result<Wanted, string> =
    let at =
        match given "at" with
        | None -> Ok None
        | given -> millisecondsOf "at" given |> Result.map Some

    match seedOf (Some 1UL) (given "seed"), speedOf (Some 5.) (given "speed"), at with
    | Ok seed, Ok speed, Ok at -> Ok { Seed = seed; Speed = speed; At = at }
    | Error what, _, _
    | _, Error what, _
    | _, _, Error what -> Error what

/// What is ordered under a path; none where there is no such order.
let orderOf (path: string) (given: string -> string option) : Result<Order, string> option =
    match path with
    | "/play" -> Some(Ok Play)
    | "/pause" -> Some(Ok Pause)
    | "/speed" -> Some(speedOf None (given "speed") |> Result.map Speed)
    | "/step" -> Some(millisecondsOf "ms" (given "ms") |> Result.map Step)
    | "/fault" -> Some(faultOf (given "fault") |> Result.map Strike)
    | "/begin" -> Some(seedOf None (given "seed") |> Result.map Begin)
    | _ -> None

let private send (response: HttpListenerResponse) (status: int) (kind: string) (body: byte array) =
    response.StatusCode <- status
    response.ContentType <- kind
    response.AddHeader("Cache-Control", "no-store")
    response.AddHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
    response.AddHeader("X-Content-Type-Options", "nosniff")
    response.Close(body, false)

let private say response status (what: string) =
    send response status "text/plain; charset=utf-8" (Encoding.UTF8.GetBytes $"{what}\n")

/// The page of one port. Each page that connects has a cluster of these parts for itself, as long as it is connected.
type Page(parts: Parts, port: int) =
    let listener = new HttpListener()
    let sessions = ConcurrentDictionary<string, Session>()
    let ending = new CancellationTokenSource()

    let watch (response: HttpListenerResponse) (wanted: Wanted) =
        task {
            let session = Session(parts, wanted)
            sessions[session.Id] <- session
            response.ContentType <- "text/event-stream"
            response.AddHeader("Cache-Control", "no-store")
            response.SendChunked <- true

            try
                try
                    do! session.RunAsync response.OutputStream ending.Token
                finally
                    sessions.TryRemove session.Id |> ignore
                    response.Abort()
            with
            | :? HttpListenerException
            | :? IOException
            | :? ObjectDisposedException
            | :? OperationCanceledException -> ()
        }

    let obey (response: HttpListenerResponse) (session: string option) (order: Result<Order, string>) =
        match order, sessions.TryGetValue(Option.defaultValue "" session) with
        | Error what, _ -> say response 400 what
        | Ok _, (false, _) -> say response 404 "No such page is connected."
        | Ok order, (true, found) ->
            found.Ask order
            send response 204 "text/plain" [||]

    let answer (context: HttpListenerContext) : Task =
        task {
            let request, response = context.Request, context.Response

            let path =
                request.Url
                |> Option.ofObj
                |> Option.map _.AbsolutePath
                |> Option.defaultValue ""

            let given (name: string) = Option.ofObj request.QueryString[name]

            match request.HttpMethod, orderOf path given, wantedOf given with
            | "POST", Some order, _ -> obey response (given "session") order
            | _, Some _, _ -> say response 405 "Orders are given with POST."
            | "GET", None, Error what when path = "/" || path = "/watch" -> say response 400 what
            | "GET", None, Ok wanted when path = "/watch" -> do! watch response wanted
            | "GET", None, _ when files.ContainsKey path ->
                let kind, content = files[path]
                send response 200 kind content
            | _ -> say response 404 "There is nothing here."
        }

    /// What goes wrong with one answer is no other's.
    let answered (context: HttpListenerContext) : Task =
        task {
            try
                do! answer context
            with
            | :? HttpListenerException
            | :? IOException
            | :? ObjectDisposedException -> ()
        }

    let rec listen () : Task =
        task {
            try
                while listener.IsListening do
                    let! context = listener.GetContextAsync()
                    Task.Run(fun () -> answered context) |> ignore
            with
            | :? HttpListenerException
            | :? ObjectDisposedException -> ()
        }

    member _.Address = $"http://127.0.0.1:{port}/"

    /// How many pages are connected.
    member _.Connected = sessions.Count

    /// Begins to listen; what is in the way is said.
    member page.Start() : Result<unit, string> =
        try
            listener.Prefixes.Add page.Address
            listener.Start()
            Task.Run listen |> ignore
            Ok()
        with :? HttpListenerException as fault ->
            Error $"Port {port} cannot be had ({fault.Message}): name another one with --port."

    interface IDisposable with
        member _.Dispose() =
            ending.Cancel()
            listener.Close()
