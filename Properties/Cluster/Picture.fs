/// What one sees of a cluster at a moment, as JSON.
module Chat.Spec.Cluster.Picture

open System.Text.Json

type LanePicture =
    {
        Waiting: int
        Streams: int
        HasLease: bool
    }

type HostPicture =
    {
        Name: string
        State: string
        Words: string
        IsConnected: bool
        ReachesDatabase: bool
        /// None where it holds no lease, as far as it knows.
        Epoch: int64 option
        /// Of a thousand; nothing where it has run out, or is another's by now.
        LeaseLeft: int
        Buckets: int list
        /// Callers that wait for their answers.
        Callers: int
        Lanes: LanePicture list
    }

type DatabasePicture =
    {
        IsUp: bool
        Past: int
        Running: int
        Commits: int
        /// How often it is not known what became of a transaction, of a thousand.
        Unknown: int
    }

/// What a device holds of a conversation.
type HeldPicture =
    {
        Id: string
        /// level, behind, unaware that it is in, asked in, out, or stale: it holds what it is not in any more.
        State: string
        Version: int64
    }

type DevicePicture =
    {
        Name: string
        IsConnected: bool
        IsWhole: bool
        /// Whether it lacks nothing that it knows of.
        IsLevel: bool
        /// Questions that wait for their answers.
        Asks: int
        Held: HeldPicture list
    }

type TalkPicture =
    {
        Id: string
        Version: int
        Members: string list
        /// The last of what happened, the newest first.
        Last: {| Version: int64; Words: string |} list
    }

type LinePicture =
    {
        At: int64
        Kind: string
        Words: string
    }

type FlightPicture =
    {
        Number: int
        From: string
        To: string
        /// How long it is under way, in milliseconds of the cluster.
        Takes: int64
    }

/// What is to happen, as far as it is planned.
type PlanPicture =
    {
        /// Where orders of this page go.
        Session: string
        Seed: string
        Hosts: int
        Delay: int
        Wishes: int64 list
        Blows: {| At: int64; What: string |} list
        Faults: {| Name: string; Words: string |} list
    }

type Picture =
    {
        Now: int64
        Speed: float
        IsPlaying: bool
        Stage: string
        /// When it will be over, if nothing else befalls it.
        End: int64
        Hosts: HostPicture list
        Database: DatabasePicture
        Devices: DevicePicture list
        Talks: TalkPicture list
        /// What has befallen it: when, and what.
        Blows: {| At: int64; What: string |} list
        Wrongs: string list
        Lines: LinePicture list
        Flights: FlightPicture list
        Lost: int list
        /// How often things happened.
        Seen: {| What: string; Times: int |} list
    }

let private options =
    JsonSerializerOptions(PropertyNamingPolicy = JsonNamingPolicy.CamelCase)

let json (picture: 'a) : string =
    JsonSerializer.Serialize(picture, options)
