#!/usr/bin/env bash
# Microsoft.Data.Sqlite 10.0.15 and EF Core on it: a TimeSpan from text of 24 hours or more, as other programs write durations, is read without an error
# as days, hours and minutes: 24:00:00 is 24 days, and 36:15:30 is 36 days, 15 hours and 30 minutes. Where the minutes are no hours of a day, as in
# 36:30:00, it is refused as out of range; 23:59:59 is what it says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Microsoft.EntityFrameworkCore.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

await using var connection = new SqliteConnection("Data Source=:memory:");
await connection.OpenAsync();
await using var context = new Shifts(connection);
await context.Database.ExecuteSqlRawAsync("create table Shifts (Id integer primary key, Length text not null); insert into Shifts values (1, '23:59:59'), (2, '24:00:00'), (3, '36:15:30'), (4, '36:30:00')");
await using var command = connection.CreateCommand();
command.CommandText = "select Length from Shifts order by Id";
await using (var reader = await command.ExecuteReaderAsync())
{
    while (await reader.ReadAsync())
    {
        string seen;
        try
        {
            seen = reader.GetTimeSpan(0).ToString();
        }
        catch (OverflowException)
        {
            seen = "refused";
        }

        Console.WriteLine($"{reader.GetString(0)}: {seen}");
    }
}

Console.WriteLine($"EF Core: {(await context.Set<Shift>().SingleAsync(shift => shift.Id == 3)).Length}");

internal sealed record Shift(int Id, TimeSpan Length);

internal sealed class Shifts(SqliteConnection connection) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<Shift>().ToTable("Shifts");
}
CS

cat >expected <<'TXT'
23:59:59: 23:59:59
24:00:00: 24.00:00:00
36:15:30: 36.15:30:00
36:30:00: refused
EF Core: 36.15:30:00
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
