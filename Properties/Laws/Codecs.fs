/// The codecs as functions, so that a mistaken one can be put in their place.
module Chat.Spec.Laws.Codecs

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol
open Chat.Protocol.Stored
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators.Wires

type Codecs =
    {
        Store: Recorded -> StoredEvent
        Load: Place -> string -> byte[] -> string | null -> Result<Recorded, StoredFault>
        StoreSnapshot: AnyStream -> byte[]
        LoadSnapshot: byte[] -> Result<AnyStream, StoredFault>
        /// The verb and the body of what is asked.
        Ask: Ask -> string * string * string * byte[]
        Read: byte[] -> Result<Fields, Refusal>
        ReadJson: byte[] -> Result<Fields, Refusal>
        Parse: Address -> Fields -> Result<Ask, Refusal>
        ToJson: byte[] -> byte[]
        Answer: Answer -> byte[]
        /// What an answer is, given what was asked for.
        Answered: Answer -> byte[] -> Result<Answer, Refusal>
        Tell: ConversationId -> Seen -> byte[]
        Told: byte[] -> Result<ConversationId * Seen, Refusal>
        Whisper: Ephemeral -> byte[]
        Whispered: byte[] -> Ephemeral option
        Address: PersonId -> DeviceId -> string -> string -> string -> string
        Addressed: string -> Address option
        PersonOf: string -> PersonId option
    }

let private asResult (either: LanguageExt.Either<'left, 'right>) : Result<'right, 'left> =
    match either.IsRight, either.Case with
    | true, right -> Ok(unbox<'right> right)
    | _, left -> Error(unbox<'left> left)

let private memory (bytes: byte[]) = ReadOnlyMemory bytes

let private ofPage (id: 'id Nullable) : string | null =
    if id.HasValue then string id.Value else null

let private asked (ask: Ask) : string * string * string * byte[] =
    let conversation (id: ConversationId) verb body = "conversation", id.Value, verb, body

    match ask with
    | :? Ask.Change as change ->
        let id =
            if change.Conversation.HasValue then
                change.Conversation.Value.Value
            else
                Subjects.Nothing

        "conversation", id, RequestBodies.VerbOf change.Command, RequestBodies.Of(change.Command, change.Client)
    | :? Ask.Mark as mark when mark.Marks.Read > 0L ->
        conversation mark.Conversation "read" (AskBodies.Seq mark.Marks.Read)
    | :? Ask.Mark as mark -> conversation mark.Conversation "delivered" (AskBodies.Seq mark.Marks.Delivered)
    | :? Ask.Typing as typing -> conversation typing.Conversation "typing" [||]
    | :? Ask.Get as get -> conversation get.Conversation "get" [||]
    | :? Ask.Begin as begin' -> conversation begin'.Conversation "begin" (AskBodies.Begin begin'.Drifted)
    | :? Ask.Members as members ->
        conversation members.Conversation "members" (AskBodies.Page(ofPage members.After, members.Limit))
    | :? Ask.Explain as explain -> conversation explain.Conversation "explain" (ExplainRequests.Of explain.Command)
    | :? Ask.ExplainHistory as history -> conversation history.Conversation "explain" (ExplainRequests.OfHistory())
    | :? Ask.WhatIf as whatIf -> conversation whatIf.Conversation "what_if" (ExplainRequests.Of whatIf.Command)
    | :? Ask.Bans as bans -> conversation bans.Conversation "bans" (AskBodies.Page(ofPage bans.After, bans.Limit))
    | :? Ask.Links as links -> conversation links.Conversation "links" (AskBodies.Page(ofPage links.After, links.Limit))
    | :? Ask.Words as words -> conversation words.Conversation "word_rules" [||]
    | :? Ask.Audit as audit -> conversation audit.Conversation "audit" (AuditAnswers.Of(audit.Before, audit.Limit))
    | :? Ask.Upload as upload ->
        conversation
            upload.Conversation
            "upload"
            (FileRequests.Of(upload.Client, upload.Name, upload.Type, upload.Bytes))
    | :? Ask.Fetch as fetch -> conversation fetch.Conversation "file" (FileRequests.Of(fetch.Seq, fetch.File))
    | :? Ask.List as list -> "conversation", Subjects.Nothing, "list", AskBodies.Page(ofPage list.After, list.Limit)
    | :? Ask.History as history ->
        conversation history.Conversation "history" (AskBodies.History(history.Anchor, history.Seq, history.Limit))
    | :? Ask.View as view ->
        let body =
            HindsightAnswers.Of(view.Version, view.Person, view.Anchor, view.Seq, view.Limit)

        conversation view.Conversation "view" body
    | :? Ask.ChangeSelf as self ->
        let struct (area, id, verb) = PeopleRequests.AddressOf self.Command
        area, id, verb, PeopleRequests.Of(self.Command, self.Client)
    | :? Ask.ChangePair as pair ->
        let struct (area, id, verb) = PairRequests.AddressOf pair.Command
        area, id, verb, PairRequests.Of pair.Client
    | :? Ask.ChangeDesk as desk ->
        let struct (area, id, verb) = ReportRequests.AddressOf desk.Command
        area, id, verb, ReportRequests.Of(desk.Command, desk.Client)
    | :? Ask.Reports as reports ->
        "report", reports.Place.Value, "list", ReportRequests.List(reports.AreSettled, reports.Before, reports.Limit)
    | :? Ask.Friends as friends ->
        "friend", Subjects.Nothing, "list", AskBodies.Page(ofPage friends.After, friends.Limit)
    | :? Ask.Profiles as profiles -> "person", Subjects.Nothing, "get", PeopleRequests.People profiles.People
    | :? Ask.Self -> "person", Subjects.Nothing, "self", [||]
    | :? Ask.Suspend
    | :? Ask.Restore
    | :? Ask.Suspension ->
        let struct (area, id, verb) = SuspensionRequests.AddressOf ask
        area, id, verb, SuspensionRequests.Of ask
    | :? Ask.Devices -> "device", Subjects.Nothing, "list", [||]
    | :? Ask.Search as one ->
        "conversation",
        SearchRequests.IdOf one.Conversation,
        "search",
        SearchRequests.Of(one.Query, one.Cursor, one.Limit)
    | :? Ask.Resume as resume -> "sync", Subjects.Nothing, "resume", AskBodies.Resume(resume.Cursor, resume.Certify)
    | other -> HouseAsks.asked other

let private answered (answer: Answer) : byte[] =
    match answer with
    | Refused refusal -> Answers.Refused refusal
    | Accepted receipt -> Answers.Ok receipt
    | Marked marks -> Answers.Ok marks
    | Messages page -> Answers.Ok page
    | Inbox page -> Answers.Ok page
    | Members page -> Answers.Ok page
    | Told details -> Answers.Ok details
    | Begun begun -> Answers.Ok begun
    | Resumed page -> Answers.Ok page
    | Searched page -> SearchAnswers.Ok page
    | Explained entry -> ExplainAnswers.Ok entry
    | WouldBe entry -> ExplainAnswers.Ok entry
    | KeptOut page -> ExplainAnswers.Ok page
    | Linked page -> LinkAnswers.Ok page
    | Audited page -> AuditAnswers.Ok page
    | LookedBack page -> HindsightAnswers.Ok page
    | Opened door -> FileRequests.Ok door
    | Uploaded file -> Attachments.Ok file
    | Friends page -> PairAnswers.Ok page
    | Bonded receipt -> PairAnswers.Ok receipt
    | Reported page -> ReportAnswers.Ok page
    | LookedAt found -> ReportAnswers.Ok found
    | Handled page -> ReportAuditAnswers.Ok page
    | Entered receipt -> RoomAnswers.Ok receipt
    | Inside view -> RoomAnswers.Ok view
    | Beside card -> RoomAnswers.Ok card
    | Housed house -> HouseAnswers.Ok house
    | Leased ms -> HouseAnswers.Leased ms
    | Suggested people -> MeetingAnswers.Ok people
    | Closest people -> MeetingAnswers.Ok people
    | Logged(log, verdict) -> TableData.Ok(log, verdict)
    | Oneself self -> PeopleAnswers.Ok self
    | Called call -> CallAnswers.Ok call
    | Relayed relays -> CallAnswers.Ok relays

let private readAnswer (wanted: Answer) (bytes: byte[]) : Result<Answer, Refusal> =
    let reading (read: Fields -> 'a) (named: 'a -> Answer) =
        asResult (Decoding.Answer(memory bytes, Func<_, _> read)) |> Result.map named

    match wanted with
    | Refused _
    | Accepted _ -> reading Decoding.Receipt Accepted
    | Marked _ -> reading Decoding.Marks Marked
    | Messages _ -> reading Decoding.History Messages
    | Inbox _ -> reading Decoding.Inbox Inbox
    | Members _ -> reading Decoding.Members Members
    | Told _ -> reading Decoding.Details Told
    | Begun _ -> reading Decoding.Begun Begun
    | Resumed _ -> reading Decoding.Resume Resumed
    | Searched _ -> reading SearchAnswers.Page Searched
    | Explained _ -> reading ExplainAnswers.Explanation Explained
    | WouldBe _ -> reading ExplainAnswers.WhatIf WouldBe
    | KeptOut _ -> reading ExplainAnswers.Bans KeptOut
    | Linked _ -> reading LinkAnswers.Page Linked
    | Audited _ -> reading AuditAnswers.Page Audited
    | LookedBack _ -> reading HindsightAnswers.Page LookedBack
    | Opened _ -> reading FileRequests.DoorOf Opened
    | Uploaded _ -> reading Attachments.Of Uploaded
    | Friends _ -> reading PairAnswers.Friends Friends
    | Bonded _ -> reading PairAnswers.Receipt Bonded
    | Reported _ -> reading ReportAnswers.Page Reported
    | LookedAt _ -> reading ReportAnswers.Reported LookedAt
    | Handled _ -> reading ReportAuditAnswers.Page Handled
    | Entered _ -> reading RoomAnswers.Receipt Entered
    | Inside _ -> reading RoomAnswers.View Inside
    | Beside _ -> reading (fun ok -> RoomAnswers.Card(ok.Inner "card")) Beside
    | Housed _ -> reading HouseAnswers.House Housed
    | Leased _ -> reading HouseAnswers.Lease Leased
    | Suggested _ -> reading MeetingAnswers.Suggestions Suggested
    | Closest _ -> reading MeetingAnswers.Closest Closest
    | Logged _ -> reading TableData.Log (fun (struct (log, verdict)) -> Logged(log, verdict))
    | Oneself _ -> reading PeopleAnswers.Self Oneself
    | Called _ -> reading CallAnswers.Last (ofOption >> Option.toObj >> Called)
    | Relayed _ -> reading CallAnswers.Relays Relayed

let private whisper (ephemeral: Ephemeral) : byte[] =
    match ephemeral with
    | :? Ephemeral.Receipt as receipt -> Ephemerals.Receipt(receipt.Conversation, receipt.By, receipt.Marks)
    | :? Ephemeral.Typing as typing -> Ephemerals.Typing(typing.Conversation, typing.By)
    | :? Ephemeral.Reported as reported -> Ephemerals.Reported(reported.Conversation, reported.Outcome)
    | :? Ephemeral.Heads as heads -> Ephemerals.Heads(heads.Versions, heads.IsReset)
    | other -> failwith $"no host says {other}"

let private toldOf (bytes: byte[]) =
    asResult (Decoding.Event(memory bytes))
    |> Result.map (fun (struct (conversation, seen)) -> conversation, seen)

let ours: Codecs =
    {
        Store = StoredEvents.Encode
        Load = fun place kind bytes said -> asResult (StoredEvents.Decode(place, kind, memory bytes, said))
        StoreSnapshot =
            fun stream ->
                match ofOption (StoredSnapshots.Encode stream) with
                | Some bytes -> bytes
                | None -> failwith "a conversation has a snapshot"
        LoadSnapshot = fun bytes -> asResult (StoredSnapshots.Decode(memory bytes))
        Ask = asked
        Read = fun bytes -> asResult (Fields.Read(memory bytes))
        ReadJson = fun bytes -> asResult (Json.Read(memory bytes))
        Parse = fun address fields -> asResult (Requests.Parse(address, fields))
        ToJson = fun bytes -> Json.FromMessagePack(memory bytes)
        Answer = answered
        Answered = readAnswer
        Tell = fun conversation seen -> Events.Encode(conversation, seen)
        Told = toldOf
        Whisper = whisper
        Whispered = fun bytes -> ofOption (Ephemerals.Read(memory bytes))
        Address = fun person device area id verb -> Subjects.Request(person, device, area, id, verb)
        Addressed = fun subject -> ofOption (Subjects.ParseRequest subject)
        PersonOf = fun name -> Option.ofNullable (Names.PersonOf name)
    }
