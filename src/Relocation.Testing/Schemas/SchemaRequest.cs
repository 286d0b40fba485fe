using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Schemas;

/// <summary>What a schema can be made from.</summary>
/// <param name="Connection">An open connection.</param>
/// <param name="Engine">The kind of database.</param>
/// <param name="Model">The model, worked out when it is asked for.</param>
/// <param name="CreateContext">Makes a context of the database, or null where there is none.</param>
internal sealed record SchemaRequest(
    DbConnection Connection, DatabaseEngine Engine, Lazy<RelocationModel> Model, Func<DbContext>? CreateContext);
