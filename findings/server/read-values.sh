# Sourced by findings that show what Npgsql 10.0.3 reads of values: read_values EXPRESSION... prints each with what comes, or the error's type. It needs
# start.sh's server and changes to $folder.
read_values() {
  cd "$folder"
  cat >Program.cs <<'CS'
#:package Npgsql@10.0.3
#:property PublishAot=false
using System.Globalization;
using Npgsql;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using var connection = new NpgsqlConnection($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username=postgres;Database=postgres");
await connection.OpenAsync();
foreach (var value in args)
{
    await using var read = new NpgsqlCommand($"select {value}", connection);
    object? seen;
    try
    {
        seen = await read.ExecuteScalarAsync();
    }
    catch (Exception exception)
    {
        seen = exception.GetType().Name;
    }

    Console.WriteLine($"{value} {(seen is DateTime moment ? moment.ToString("yyyy-MM-dd HH:mm:ss") : seen)}");
}
CS
  dotnet run Program.cs -- "$@"
}
