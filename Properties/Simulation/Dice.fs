/// All chance of a simulation, from one seed: splitmix64, the same on every runtime.
module Chat.Spec.Simulation.Dice

type Dice(seed: uint64) =
    let mutable state = seed

    member _.Next() : uint64 =
        state <- state + 0x9E3779B97F4A7C15UL
        let a = (state ^^^ (state >>> 30)) * 0xBF58476D1CE4E5B9UL
        let b = (a ^^^ (a >>> 27)) * 0x94D049BB133111EBUL
        b ^^^ (b >>> 31)

    /// 0 … bound - 1.
    member dice.Below(bound: int) : int = int (dice.Next() % uint64 bound)

    member dice.Between (least: int) (most: int) = least + dice.Below(most - least + 1)

    /// So many times in a thousand.
    member dice.Chance(perMille: int) = dice.Below 1000 < perMille

    member dice.Pick(items: 'a list) : 'a = items[dice.Below items.Length]
