#!/usr/bin/env bash
# Microsoft.Data.Sqlite 10.0.15 and EF Core on it: a decimal whose text has a comma, as a European CSV import leaves it in a column of any type (SQLite keeps
# what is no number as text), is read without an error with the comma left out: 1,5 becomes 15. As double the same text is 1, and as int too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Microsoft.EntityFrameworkCore.Sqlite@10.0.15
#:property PublishAot=false
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using var connection = new SqliteConnection("Data Source=:memory:");
await connection.OpenAsync();
await using var context = new Shop(connection);
await context.Database.ExecuteSqlRawAsync("create table Prices (Id integer primary key, Amount numeric not null); insert into Prices values (1, '1,5'), (2, '1.234,50'), (3, '0,99')");
await using var command = connection.CreateCommand();
command.CommandText = "select Amount from Prices order by Id";
await using (var reader = await command.ExecuteReaderAsync())
{
    while (await reader.ReadAsync())
    {
        string seen;
        try
        {
            seen = reader.GetDecimal(0).ToString();
        }
        catch (FormatException)
        {
            seen = "refused";
        }

        Console.WriteLine($"{reader.GetString(0)}: decimal {seen}, double {reader.GetDouble(0)}, int {reader.GetInt32(0)}");
    }
}

Console.WriteLine($"EF Core: {(await context.Set<Price>().SingleAsync(price => price.Id == 3)).Amount}");

internal sealed record Price(int Id, decimal Amount);

internal sealed class Shop(SqliteConnection connection) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<Price>().ToTable("Prices");
}
CS

cat >expected <<'TXT'
1,5: decimal 15, double 1, int 1
1.234,50: decimal refused, double 1.234, int 1
0,99: decimal 99, double 0, int 0
EF Core: 99
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
