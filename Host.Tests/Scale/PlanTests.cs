using System.Text.Json;
using Chat.Benchmarks.Scale;
using Xunit;

namespace Chat.Host.Tests.Scale;

/// <summary>What a plan may not get wrong, whatever it is made of.</summary>
public sealed class PlanTests
{
    private static readonly Inputs Inputs = Inputs.Read(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "inputs.json"))
    );

    private static readonly Wanted Many = new(10_000_000, 1_000_000);

    // The table of https://docs.nats.io/running-a-nats-service/configuration/gateways
    [Theory]
    [InlineData(1, 3, 6)]
    [InlineData(2, 15, 12)]
    [InlineData(3, 36, 18)]
    [InlineData(4, 66, 24)]
    [InlineData(5, 105, 30)]
    [InlineData(30, 4005, 180)]
    public void ConnectionsAreCountedAsNatsCountsThem(int nodes, int mesh, int gateways)
    {
        Assert.Equal(mesh, Plan.RoutesOf(3 * nodes));
        Assert.Equal(gateways, Plan.GatewaysOf([nodes, nodes, nodes]));
    }

    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(1_000_000, 100_000)]
    [InlineData(10_000_000, 1_000_000)]
    [InlineData(10_000_000, 5_000_000)]
    public void AllOfThemAreInSomeCellAndNoBoundIsBroken(double people, double deliveries)
    {
        var plan = Plan.Of(Inputs, new Wanted(people, deliveries));
        var (cell, costs, assumed) = (plan.Cell, Inputs.Measured, Inputs.Assumed);
        Assert.Equal(people, plan.Cells * cell.People, 3);
        Assert.Equal(deliveries, plan.Cells * cell.SendsPerSecond * assumed.Told, 3);
        Assert.True(cell.People <= assumed.PeoplePerCell);
        Assert.True(cell.SendsPerSecond <= assumed.Utilisation * costs.SendsOfOnePrimary);
        Assert.True((plan.Tiers.Hot + plan.Tiers.Warm) / plan.Cells <= assumed.BytesPerPrimary);
        Assert.True(cell.People * assumed.DevicesPerPerson <= cell.NatsServers * assumed.ConnectionsPerServer);
        var host = cell.SendsPerSecond * (costs.HostPerSend + (assumed.Told * costs.HostPerTold)) / 1e6;
        Assert.True(host <= assumed.Utilisation * cell.HostCores);
        var nats = cell.SendsPerSecond * (costs.NatsPerSend + (assumed.Told * costs.NatsPerTold)) / 1e6;
        Assert.True(nats <= assumed.Utilisation * cell.NatsCores);
        // What is to survive the death of one is there more than once.
        Assert.True(cell is { Hosts: >= 3, NatsServers: >= 3 });
        Assert.True(plan.Cores <= plan.Machines * assumed.CoresPerMachine);
        Assert.True(plan.Memory <= plan.Machines * assumed.MemoryPerMachine * 1e9);
    }

    [Fact]
    public void WhatComesInIsInOneTierOrTooOld()
    {
        var (costs, assumed, tiers) = (Inputs.Measured, Inputs.Assumed, Plan.Of(Inputs, Many).Tiers);
        var days =
            (tiers.Hot / (costs.EventBytes + costs.SearchBytes))
            + (tiers.Warm / costs.EventBytes)
            + (tiers.Cold / costs.CompressedBytes);
        var perDay = Many.Deliveries / assumed.Told * assumed.MeanOverPeak * 86_400;
        Assert.Equal(assumed.KeptDays, days / perDay, 6);
    }

    [Fact]
    public void TheMoneyIsItsParts()
    {
        var money = Plan.Of(Inputs, Many).Money;
        Assert.Equal(money.Machines + money.Disks + money.Objects + money.Egress, money.All);
        Assert.All((double[])[money.Machines, money.Disks, money.Objects, money.Egress], part => Assert.True(part > 0));
    }

    [Fact]
    public void MoreIsNeverLess()
    {
        var before = Plan.Of(Inputs, new Wanted(1, 1));
        foreach (var people in (double[])[1e3, 1e4, 1e5, 1e6, 1e7, 1e8])
        {
            var after = Plan.Of(Inputs, new Wanted(people, people / 10));
            Assert.True(after.Cells >= before.Cells);
            Assert.True(after.Machines >= before.Machines);
            Assert.True(after.Money.All > before.Money.All);
            before = after;
        }
    }

    [Fact]
    public void WhatCostsMoreIsNotCheaper()
    {
        var plain = Plan.Of(Inputs, Many);
        Assert.True(Dearer(costs => costs with { HostPerSend = 100 * costs.HostPerSend }).Cores > plain.Cores);
        Assert.True(Dearer(costs => costs with { NatsPerTold = 100 * costs.NatsPerTold }).Cores > plain.Cores);
        Assert.True(Dearer(costs => costs with { PostgresPerSend = 100 * costs.PostgresPerSend }).Cores > plain.Cores);
        Assert.True(
            Dearer(costs => costs with { SendsOfOnePrimary = costs.SendsOfOnePrimary / 10 }).Cells > plain.Cells
        );
        Assert.True(Dearer(costs => costs with { EventBytes = 2 * costs.EventBytes }).Money.Disks > plain.Money.Disks);
        Assert.True(Dearer(costs => costs with { WireBytes = 2 * costs.WireBytes }).Money.Egress > plain.Money.Egress);

        static Plan Dearer(Func<Costs, Costs> change) =>
            Plan.Of(Inputs with { Measured = change(Inputs.Measured) }, Many);
    }

    [Fact]
    public void AMessageTakesLongerWhereMoreAreUnderWay()
    {
        var cell = Plan.Of(Inputs, Many).Cell;
        var before = new Latency(0, 0, 0);
        foreach (var load in (double[])[0.1, 0.5, 1, 1.5, 1.9])
        {
            var at = cell with { SendsPerSecond = load * cell.SendsPerSecond };
            var way = Way.Play(Inputs.Measured, Inputs.Assumed, at, 40_000);
            Assert.True(way.P50 > before.P50 && way.P99 > before.P99 && way.CommitP99 > before.CommitP99, $"{load}");
            Assert.True(way.P50 <= way.P99 && way.CommitP99 < way.P99);
            before = way;
        }
    }

    [Fact]
    public void AFileThatLacksSomethingIsRefused()
    {
        var json = JsonSerializer.Serialize(Inputs, new JsonSerializerOptions(JsonSerializerDefaults.Web));
        Assert.Equal(Inputs, Inputs.Read(json));
        Assert.Throws<JsonException>(() => Inputs.Read(json.Replace("\"told\":", "\"tald\":")));
        Assert.Throws<JsonException>(() => Inputs.Read("{}"));
    }
}
