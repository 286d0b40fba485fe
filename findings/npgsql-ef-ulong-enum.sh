#!/usr/bin/env bash
# Npgsql.EntityFrameworkCore.PostgreSQL 10.0.3 with PostgreSQL 18.4: a ulong goes into a numeric(20,0) column as it is. So does an enum of ulong, but
# from 2^63 on as a negative number: the highest bit becomes -9223372036854775808, all bits -1. EF reads them back, so nothing is seen until somebody
# else's statement compares, sorts or sums the column.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
start_server
cd "$folder"

cat >Program.cs <<'CS'
#:package Npgsql.EntityFrameworkCore.PostgreSQL@10.0.3
#:property PublishAot=false
using Microsoft.EntityFrameworkCore;

await using var context = new Store();
await context.Database.EnsureCreatedAsync();
context.AddRange(new Item { Rights = Rights.First, Bits = 1UL << 63 }, new Item { Rights = Rights.All, Bits = ulong.MaxValue });
await context.SaveChangesAsync();
context.ChangeTracker.Clear();
foreach (var item in await context.Set<Item>().OrderBy(item => item.Id).ToListAsync())
{
    var stored = await context.Database.SqlQuery<string>($"""select pg_typeof("Rights") || ' ' || "Rights" || ', ' || pg_typeof("Bits") || ' ' || "Bits" as "Value" from "Item" where "Id" = {item.Id}""").SingleAsync();
    Console.WriteLine($"{item.Rights} and {item.Bits} stand as {stored}");
}

[Flags]
internal enum Rights : ulong
{
    None = 0,
    First = 1UL << 63,
    All = ulong.MaxValue,
}

internal sealed class Item
{
    public int Id { get; set; }

    public Rights Rights { get; set; }

    public ulong Bits { get; set; }
}

internal sealed class Store : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseNpgsql($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username=postgres;Database=postgres");

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<Item>();
}
CS

cat >expected <<'TXT'
First and 9223372036854775808 stand as numeric -9223372036854775808, numeric 9223372036854775808
All and 18446744073709551615 stand as numeric -1, numeric 18446744073709551615
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
