/// People who bring files and send them: who sees a message gets its files, as they were, and nobody else does.
module Chat.Spec.Outside.WithFiles

open System
open System.Collections.Generic
open System.Net
open System.Net.Http
open System.Text
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Deciding
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Errands
open Chat.Spec.Outside.Visit

let private people = [ "ann"; "bob"; "cid" ] |> List.map person
let private http = new HttpClient()

/// Where a message's file was to be fetched from, by whom.
type private Opened =
    {
        Who: PersonId
        Seq: int64
        Path: string
    }

/// What was brought, by whom and with which number: as the host says it, and the bytes.
type private Cabinet(visit: Visit) =
    member val Talk = Talk(visit, ConversationId.Of "g1")
    member val Brought = Dictionary<string * int, Attachment * byte[]>()
    /// The messages with files.
    member val Sent: (int64 * Attachment * byte[]) list = [] with get, set
    member val Opened: Opened list = [] with get, set

    member _.Url(path: string) =
        Uri(Uri visit.Place.Http, path.TrimStart '/')

let private textOf (who: PersonId) (file: int) (isOther: bool) =
    let other = if isOther then "another" else "one"
    Encoding.UTF8.GetBytes $"file {file} of {who}, {other}"

let private sending (files: Attachment list) : Command =
    Command.SendMessage(Body.None, Nullable(), listing [], false, Files = listing files)

/// What the oracle says of sending with files.
let private verdict (cabinet: Cabinet) (who: PersonId) (file: Attachment) =
    let at = Instant(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
    let asking = Context(who, phone, at, Nullable())
    Welcome.decide (fun _ _ -> false) asking (sending [ file ]) cabinet.Talk.Past

let private putAsync (cabinet: Cabinet) (door: Door) (bytes: byte[]) : Task<Result<Attachment, Refusal>> =
    task {
        use content = new ByteArrayContent(bytes)
        use! answer = http.PutAsync(cabinet.Url door.Path, content)
        let! said = answer.Content.ReadAsByteArrayAsync()

        return
            Json.Read(ReadOnlyMemory said)
            |> ofEither
            |> Result.bind (fun fields -> Decoding.Answer(fields, Attachments.Of) |> ofEither)
    }

let private bringAsync (visit: Visit) (cabinet: Cabinet) (who: PersonId) (file: int) (isOther: bool) : Task =
    task {
        let bytes = textOf who file isOther

        let name, kind =
            valid (FileName.Create $"{file}.txt"), valid (MediaType.Create "text/plain")

        let ask =
            Ask.Upload(cabinet.Talk.Real, ClientId.Of $"file{file}", name, kind, int64 bytes.Length)

        let! door = visit.AskAsync who ask FileRequests.DoorOf
        let at = Instant(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())

        let verdict =
            verdict cabinet who (Attachment(FileId.Of "-", name, kind, int64 bytes.Length, at))

        visit.Hold $"{who} wants to bring file {file}" (expected verdict) (told door)

        match door with
        | Ok door ->
            let! brought = putAsync cabinet door bytes

            match cabinet.Brought.TryGetValue((who.Value, file)) with
            | true, (before, held) when held = bytes ->
                visit.Findings.Count "file.again"
                visit.Hold $"file {file} once more is the same" (Ok before) brought
            | true, _ ->
                visit.Findings.Count "file.conflict"
                visit.Hold $"file {file} with other bytes" "conflict" (told brought |> _.Split(' ') |> Array.head)
            | false, _ ->
                match brought with
                | Ok one ->
                    visit.Findings.Count "file.brought"
                    visit.Hold $"how long file {file} is" (int64 bytes.Length) one.Bytes
                    cabinet.Brought[(who.Value, file)] <- (one, bytes)
                | Error refusal -> visit.Hold $"file {file} is brought" "accepted" refusal.Code
        | Error _ -> ()
    }

let private unknown = "not_found file.unknown"

/// What is said of a file is under a seal, and it is whose it is.
let private refusedAsync (visit: Visit) (cabinet: Cabinet) (who: PersonId) (file: Attachment) : Task =
    task {
        let ask = Ask.Change(Nullable cabinet.Talk.Real, visit.ClientId(), sending [ file ])
        let! answer = visit.AskAsync who ask Decoding.Receipt
        visit.Findings.Count "file.unknown"
        visit.Hold $"{who} sends what is not theirs, or not so" unknown (told answer)
    }

let private attachAsync (visit: Visit) (cabinet: Cabinet) (who: PersonId) (owner: PersonId) (file: int) : Task =
    task {
        match cabinet.Brought.TryGetValue((owner.Value, file)) with
        | false, _ -> ()
        | true, (attachment, _) when who <> owner -> do! refusedAsync visit cabinet who attachment
        | true, (attachment, bytes) ->
            let seq = Past.lastSeq cabinet.Talk.Past + 1L
            let! isDone = cabinet.Talk.DoAsync who (sending [ attachment ])

            if isDone then
                visit.Findings.Count "file.sent"
                cabinet.Sent <- cabinet.Sent @ [ seq, attachment, bytes ]
    }

/// What somebody is to be told who wants a message's file.
let private expectedOf (cabinet: Cabinet) (who: PersonId) (seq: int64) =
    let past = cabinet.Talk.Past

    if not (Past.isMember who past) then
        expected (Checks.outside who past)
    elif Option.isNone (Checks.seen who seq past) || Past.isRedacted seq past then
        unknown
    else
        "accepted"

let private getAsync (visit: Visit) (cabinet: Cabinet) (opened: Opened) (bytes: byte[]) : Task =
    task {
        use! answer = http.GetAsync(cabinet.Url opened.Path)
        let! got = answer.Content.ReadAsByteArrayAsync()
        let what = $"{opened.Who} fetches the file of message {opened.Seq}"

        if expectedOf cabinet opened.Who opened.Seq = "accepted" then
            visit.Findings.Count "file.fetched"
            visit.Hold what (HttpStatusCode.OK, bytes) (answer.StatusCode, got)
        else
            visit.Findings.Count "file.closed"
            visit.Hold what HttpStatusCode.NotFound answer.StatusCode
    }

/// Everybody tries all files, anew and where they were told before.
let private fetchAsync (visit: Visit) (cabinet: Cabinet) : Task =
    task {
        for seq, file, bytes in cabinet.Sent do
            for who in people do
                let! door =
                    visit.AskAsync who (Ask.Fetch(cabinet.Talk.Real, seq, file.File)) FileRequests.DoorOf

                visit.Hold $"{who} asks for the file of message {seq}" (expectedOf cabinet who seq) (told door)

                match door with
                | Ok door ->
                    let isKnown =
                        cabinet.Opened |> List.exists (fun one -> one.Who = who && one.Seq = seq)

                    if not isKnown then
                        cabinet.Opened <-
                            {
                                Who = who
                                Seq = seq
                                Path = door.Path
                            }
                            :: cabinet.Opened
                | Error _ -> ()

            for opened in cabinet.Opened do
                if opened.Seq = seq then
                    do! getAsync visit cabinet opened bytes
    }

/// What it came to, and how many requests it took.
let judgedAsync (place: Place) (deeds: FileDeed list) =
    visitAsync place HostLaws.files people (fun visit ->
        task {
            let cabinet = Cabinet visit

            let! _ =
                cabinet.Talk.DoAsync people[0] (Command.Create(ConversationKind.Group, listing people[1..], null))

            for deed in deeds do
                if visit.IsRight then
                    match deed with
                    | Brings(who, file, isOther) -> do! bringAsync visit cabinet who file isOther
                    | Attaches(who, owner, file) -> do! attachAsync visit cabinet who owner file
                    | Stretches(who, file) ->
                        match cabinet.Brought.TryGetValue((who.Value, file)) with
                        | true, (one, _) ->
                            let longer = Attachment(one.File, one.Name, one.Type, one.Bytes + 1L, one.At)
                            do! refusedAsync visit cabinet who longer
                        | false, _ -> ()
                    | Talks(who, command) ->
                        let! _ = cabinet.Talk.DoAsync who command
                        ()

                    do! fetchAsync visit cabinet
        })
