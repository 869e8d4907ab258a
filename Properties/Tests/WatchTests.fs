/// The cluster that one looks at, and its page over HTTP.
module Chat.Spec.Tests.WatchTests

open System
open System.Diagnostics
open System.IO
open System.Net
open System.Net.Http
open System.Net.Sockets
open System.Text.Json
open System.Threading
open FsCheck
open FsCheck.FSharp
open global.Xunit
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Cluster
open Chat.Spec.Cluster.Plan
open Chat.Spec.Cluster.Simulator
open Chat.Spec.Cluster.Watched

/// All that is to be the same where the same is played twice.
let private endOf (cluster: Cluster.Cluster) =
    [ for pair in cluster.Seen -> pair.Key, pair.Value ],
    cluster.Database.Commits,
    [ for id in conversations -> cluster.Database.Now.Store.VersionOf(streamOf id) ],
    [
        for device in cluster.Devices ->
            [
                for view in device.Follower.Views.Values -> view.Conversation.Value, view.Version
            ]
            |> List.sort
    ],
    List.ofSeq cluster.Wrongs

let private tellsEverything =
    { Cluster.domain with
        Tells = fun _ _ version happened -> Some(Seen.Shown(version, happened))
    }

type ``A watched cluster``() =

    [<Fact>]
    member _.``comes to the same end, step by step``() =
        for seed in [ 2UL; 7UL; 23UL ] do
            let watched = Watched(Cluster.domain, seed)

            while watched.Stage <> Over do
                watched.Forward 333L
                Drawing.take watched 1. true |> Picture.json |> ignore

            Assert.Equal(endOf (Simulator.play Cluster.domain (Plan.ofSeed seed)), endOf watched.Cluster)

    [<Fact>]
    member _.``tells at once what is wrong``() =
        let watched = Watched(tellsEverything, 1UL)

        while watched.Cluster.Wrongs.Count = 0 && watched.Stage = Busy do
            watched.Forward 100L

        let picture = Drawing.take watched 1. true
        Assert.Equal("busy", picture.Stage)
        Assert.Contains("was told", List.head picture.Wrongs)
        Assert.Contains(picture.Lines, fun line -> line.Kind = "wrong" && line.Words = List.head picture.Wrongs)

    [<Fact>]
    member _.``goes on whatever befalls it by hand``() =
        for fault in faults do
            let watched = Watched(Cluster.domain, 7UL)
            watched.Forward 6_000L
            watched.Strike fault
            Assert.Contains(watched.News().Lines, fun line -> line.Words.StartsWith(string fault))
            watched.Forward 1_000_000L
            Assert.Equal(Over, watched.Stage)
            Assert.Empty watched.Cluster.Wrongs
            // It is not too late for another one.
            watched.News() |> ignore
            watched.Strike fault
            Assert.Equal(Busy, watched.Stage)
            Assert.Contains(watched.News().Lines, fun line -> line.Words.StartsWith(string fault))
            watched.Forward 1_000_000L
            Assert.Equal(Over, watched.Stage)
            Assert.Empty watched.Cluster.Wrongs

    [<Fact>]
    member _.``has words for all that happens``() =
        let some =
            Unions.gen (Palette.values Palette.people) typeof<Event>
            |> Unions.typed<Event>
            |> Gen.sampleWithSeed (Rnd(1UL, 3UL)) 30 3_000

        for kind in Unions.casesOf typeof<Event> do
            let one = some |> Seq.find (fun happened -> happened.GetType() = kind)
            Assert.False((Telling.say one).EndsWith $" {kind.Name}", $"{kind.Name} has no words")

/// A page on a port that nobody else has.
let private served () =
    use probe = new TcpListener(IPAddress.Loopback, 0)
    probe.Start()
    let port = (probe.LocalEndpoint :?> IPEndPoint).Port
    probe.Stop()
    port, new Page.Page(Cluster.domain, port)

/// The laws run beside all else, and give way to it.
let private long = TimeSpan.FromSeconds 60.

type ``Its page``() =
    let port, page = served ()
    let started = page.Start()

    let client = new HttpClient(BaseAddress = Uri page.Address, Timeout = long)

    let get (path: string) = client.GetAsync(path).Result
    let post (path: string) = client.PostAsync(path, null).Result

    let text (answer: HttpResponseMessage) =
        answer.Content.ReadAsStringAsync().Result

    let patience = Stopwatch.StartNew()

    /// The next picture, or plan, of a stream.
    let rec next (reader: StreamReader) : JsonElement =
        if patience.Elapsed > long then
            failwith "what is waited for does not come"

        match reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(long).Result with
        | null -> failwith "the stream has ended"
        | line when line.StartsWith "data: " -> JsonDocument.Parse(line.Substring 6).RootElement
        | _ -> next reader

    let rec until (reader: StreamReader) (is: JsonElement -> bool) : JsonElement =
        let one = next reader
        if is one then one else until reader is

    let watching (query: string) =
        let stream = client.GetStreamAsync($"/watch{query}").Result
        let reader = new StreamReader(stream)
        reader, next reader

    interface IDisposable with
        member _.Dispose() =
            (page :> IDisposable).Dispose()
            client.Dispose()

    [<Fact>]
    member _.``is there, with all that it names``() =
        Assert.Equal(Ok(), started)
        let shown = text (get "/?seed=7&speed=10")
        Assert.Contains("A cluster", shown)

        for name in [ "/page.js"; "/page.css"; "/tokens.css"; "/icon.svg" ] do
            Assert.Contains($"\"{name}\"", shown)
            Assert.Equal(HttpStatusCode.OK, (get name).StatusCode)

        Assert.Equal(HttpStatusCode.NotFound, (get "/nothing").StatusCode)

    [<Fact>]
    member _.``shows its cluster, and does what it is told``() =
        let reader, plan = watching "?seed=7&speed=10"
        Assert.Equal("7", plan.GetProperty("seed").GetString())
        Assert.Equal(faults.Length, plan.GetProperty("faults").GetArrayLength())
        let session = plan.GetProperty("session").GetString()
        until reader (fun one -> one.GetProperty("now").GetInt64() > 0L) |> ignore
        Assert.Equal(HttpStatusCode.NoContent, (post $"/fault?session={session}&fault=DatabaseGone").StatusCode)

        let struck (one: JsonElement) =
            one.GetProperty("blows").EnumerateArray()
            |> Seq.exists (fun blow -> blow.GetProperty("what").GetString() = string DatabaseGone)

        let then' = until reader struck
        Assert.False(then'.GetProperty("database").GetProperty("isUp").GetBoolean())
        Assert.Equal(HttpStatusCode.NoContent, (post $"/step?session={session}&ms=2000").StatusCode)

        let stood =
            until reader (fun one -> not (one.GetProperty("isPlaying").GetBoolean()))

        Assert.True(
            stood.GetProperty("now").GetInt64()
            >= then'.GetProperty("now").GetInt64() + 2_000L
        )

        Assert.Equal(HttpStatusCode.NoContent, (post $"/begin?session={session}&seed=8").StatusCode)
        let isPlan (one: JsonElement) = fst (one.TryGetProperty "wishes")
        Assert.Equal("8", (until reader isPlan).GetProperty("seed").GetString())
        reader.Dispose()
        Assert.True(SpinWait.SpinUntil((fun () -> page.Connected = 0), 30_000), "its cluster outlives the connection")

    [<Fact>]
    member _.``says what it does not understand``() =
        let reader, plan = watching "?seed=7&at=1000"
        let session = plan.GetProperty("session").GetString()
        use _ = reader

        let isRefused (what: string) (answer: HttpResponseMessage) =
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode)
            Assert.Contains(what, text answer)

        isRefused "seed is “seven”" (get "/?seed=seven")
        isRefused "seed is “-1”" (get "/watch?seed=-1")
        isRefused "speed is “0”" (get "/?speed=0")
        isRefused "at is “x”" (get "/?at=x")
        isRefused "fault is “Meteor”" (post $"/fault?session={session}&fault=Meteor")
        isRefused "fault is missing" (post $"/fault?session={session}")
        isRefused "ms is “-5”" (post $"/step?session={session}&ms=-5")
        isRefused "seed is missing" (post $"/begin?session={session}")
        Assert.Equal(HttpStatusCode.NotFound, (post "/pause?session=nobody").StatusCode)
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (get $"/pause?session={session}").StatusCode)

    [<Fact>]
    member _.``says that its port is taken``() =
        use other = new Page.Page(Cluster.domain, port)

        match other.Start() with
        | Ok() -> Assert.Fail "two have the same port"
        | Error what -> Assert.Contains("--port", what)
