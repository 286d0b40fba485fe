using Relocation.Testing.Specification.Models;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlShopTests(PostgreSqlFixture fixture) : ShopSpecification(fixture.UnderTest);
