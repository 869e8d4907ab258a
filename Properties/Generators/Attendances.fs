/// What devices say of people who come and go, on one host and on several.
module Chat.Spec.Generators.Attendances

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Spec.Oracle.Attended

let people = List.truncate 3 Palette.people

type Step =
    | Says of PersonId * DeviceId * Word
    | Asks
    | Sweeps

/// What happens, and how many milliseconds after what was before it.
type History = (int64 * Step) list

/// What happens on which of three hosts; what one hears of another.
type Happening =
    | On of host: int * Step
    | Hears of host: int * other: int

let hosts = 3

let private device number = DeviceId.Of $"d{number}"

let private says (devices: int) : Gen<Step> =
    Gen.map3
        (fun who number word -> Says(who, device number, word))
        (Gen.frequency [ 4, Gen.constant people.Head; 1, Gen.elements people ])
        (Gen.choose (1, devices))
        (Gen.frequency [ 6, Gen.constant IsHere; 3, Gen.constant Sneaks; 2, Gen.constant Goes ])

let private step devices : Gen<Step> =
    Gen.frequency [ 8, says devices; 3, Gen.constant Asks; 1, Gen.constant Sweeps ]

/// At and beside each limit, mostly.
let private waits: Gen<int64> =
    Gen.frequency
        [
            4, Gen.choose (1, 300) |> Gen.map int64
            4, Gen.choose (1_000, 20_000) |> Gen.map int64
            4, Gen.elements [ 15_000L; 19_999L; 20_000L; 20_001L; 44_999L; 45_000L; 45_001L ]
            2, Gen.elements [ 64_999L; 65_000L; 65_001L; 200_000L ]
        ]

let private seldom: Gen<int64> =
    Gen.elements [ 86_399_999L; 86_400_000L; 86_400_001L; 86_444_999L; 86_445_000L ]

/// With more devices of one than are held, in less time than a lease.
let private ofMany (gen: int -> Gen<'a>) : Gen<(int64 * 'a) list> =
    let wait = Gen.frequency [ 19, Gen.choose (1, 600) |> Gen.map int64; 1, waits ]

    Gen.choose (20, 110)
    |> Gen.bind (fun length -> Gen.listOfLength length (Gen.zip wait (gen 26)))

/// Of few devices, also at the same moment; or of more than are held.
let history: Gen<History> =
    let wait = Gen.frequency [ 9, Gen.constant 0L; 30, waits; 1, seldom ]

    Gen.frequency [ 6, Gen.listOf (Gen.zip wait (step 3)); 1, ofMany step ]

let hostsHistory: Gen<(int64 * Happening) list> =
    let host = Gen.choose (0, hosts - 1)

    let happening devices =
        Gen.frequency
            [
                4, Gen.map2 (fun host step -> On(host, step)) host (step devices)
                1, Gen.map2 (fun host other -> Hears(host, other)) host host
            ]

    Gen.frequency [ 6, Gen.listOf (Gen.zip waits (happening 3)); 1, ofMany happening ]
